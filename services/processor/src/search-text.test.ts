import { expect, test } from '@jest/globals';
import { plainTexts, searchText, textsOfXml } from './search-text.ts';

const inText = (text: string): boolean => /(?<!\p{L})Åsa Ek(?!\p{L})|(?<!\w)E17(?!\w)/u.test(text);

/** Hands the bytes over in pieces of the size. */
function isFound(bytes: Buffer, size: number, textsOf = plainTexts): boolean {
  const search = searchText(inText, textsOf);
  let found = false;
  for (let at = 0; at < bytes.length; at += size) found = search.take(bytes.subarray(at, at + size)) || found;
  return search.end() || found;
}

const sizes = [1, 7, 100_000];
const filler = 'x;y\n'.repeat(2_000);

test.each(['utf8', 'latin1', 'utf16le'] as const)('what is looked for is found in %s, wherever pieces end', (encoding) => {
  for (const size of sizes) {
    for (const text of ['Åsa Ek', `${filler}E9,Åsa,Ek,x${filler}`, `${filler}"Åsa";"Ek"`]) {
      expect(isFound(Buffer.from(`\n${text}\n`, encoding), size)).toBe(true);
    }
    expect(isFound(Buffer.from(`${filler}Åsa Eklund, E170`, encoding), size)).toBe(false);
  }
});

test('places of cells are not taken for ids, and texts of neighbouring cells are read together', () => {
  const cells = (text: string): Buffer => Buffer.from(`<sheet>${'<c r="E17" t="s"><v>7</v></c>'.repeat(500)}${text}</sheet>`);
  for (const size of [64, 1_000, 100_000]) {
    expect(isFound(cells(''), size, textsOfXml)).toBe(false);
    expect(isFound(cells('<si><t>Åsa</t></si><si><t>Ek</t></si>'), size, textsOfXml)).toBe(true);
    expect(isFound(cells('<v>E17</v>'), size, textsOfXml)).toBe(true);
  }
});
