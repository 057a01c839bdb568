/** Finds a person in bytes that come piece by piece, whatever of these encodings they are in. */
export interface TextSearch {
  /** True once the person is found. */
  take(piece: Uint8Array): boolean;
  /** True when the person is found at the very end. Then it can be used for other bytes. */
  end(): boolean;
}

/** All four are tried, since nobody has told which it is. */
const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;

/** Longer than any name, address or number that is looked for. */
const longestMatch = 1_000;

/** The texts in which to look for words that stand in a longer text. */
export type TextsOf = (text: string) => readonly string[];

/** What is written as it is meant; between words may stand what parts cells. */
export const plainTexts: TextsOf = (text) => [text, text.replace(/[,;|\t\r\n"\0]+/g, ' ')];

/** The text of XML without its tags, in which places of cells look like ids, nor the halves of tags at either end. */
export const textsOfXml: TextsOf = (text) => [text.replace(/^[^<>]*>|<[^<>]*(?:>|$)/g, ' ').replace(/ {2,}/g, ' ')];

/** Makes a search; `inText` tells whether a text names the person. */
export function searchText(inText: (text: string) => boolean, textsOf: TextsOf): TextSearch {
  const searches = encodings.map((encoding) => searchIn(encoding, (text) => textsOf(text).some(inText)));
  return {
    take: (piece) => searches.map((search) => search.take(piece)).includes(true),
    end: () => searches.map((search) => search.end()).includes(true),
  };
}

function searchIn(encoding: (typeof encodings)[number], names: (text: string) => boolean): TextSearch {
  let decoder = new TextDecoder(encoding);
  let rest = '';
  return {
    take(piece) {
      const text = rest + decoder.decode(piece, { stream: true });
      rest = text.length < longestMatch * 2 ? text : text.slice(-longestMatch);
      return rest !== text && names(text.slice(0, lastGap(text)));
    },
    end() {
      const text = rest + decoder.decode();
      decoder = new TextDecoder(encoding);
      rest = '';
      return names(text);
    },
  };
}

/** Where the last word begins, which may go on in the next piece. */
function lastGap(text: string): number {
  const [word = ''] = /[^\s;,|<>"\0]*$/.exec(text.slice(-longestMatch)) ?? [];
  return text.length - word.length;
}
