import { damaged } from '../unreadable.ts';

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Character data as the text it stands for. Throws at an entity that XML itself does not define. */
export function unescapeXml(text: string): string {
  // XML 1.0, 2.11: a line end is one line feed, however it was written.
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!lines.includes('&')) return lines;
  return lines.replace(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? (entities.get(name) ?? numbered(name)) : undefined;
    if (character === undefined) throw damaged('its XML has an entity that is not known');
    return character;
  });
}

function numbered(name: string): string | undefined {
  const digits = /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(name);
  if (digits === null) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** Text of a cell with `_x000D_` and its like decoded (ECMA-376 part 1, 22.9.2.19). */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Calls `visit` with each attribute of a start tag, by its name without prefix; the value is still escaped. */
export function eachAttribute(tag: string, visit: (name: string, value: string) => void): void {
  let at = 0;
  for (;;) {
    const equals = tag.indexOf('=', at);
    if (equals === -1) return;
    let open = equals + 1;
    while (isSpace(tag.charCodeAt(open))) open++;
    const mark = tag[open];
    const close = mark === '"' || mark === "'" ? tag.indexOf(mark, open + 1) : -1;
    if (close === -1) throw damaged('its XML has a tag that cannot be read');
    let nameEnd = equals;
    while (isSpace(tag.charCodeAt(nameEnd - 1))) nameEnd--;
    let nameStart = nameEnd;
    while (nameStart > at && !endsName(tag.charCodeAt(nameStart - 1))) nameStart--;
    visit(tag.slice(nameStart, nameEnd), tag.slice(open + 1, close));
    at = close + 1;
  }
}

/** The attributes of a start tag, by their names without prefix, unescaped. */
export function attributesOf(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  eachAttribute(tag, (name, value) => attributes.set(name, unescapeXml(value)));
  return attributes;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function endsName(code: number): boolean {
  return isSpace(code) || code === 58;
}
