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
