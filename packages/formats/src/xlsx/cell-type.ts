/** What kind of value a cell has (ECMA-376 part 1, 18.18.11); an error, or a kind that is not known, is `other`. */
export type CellType = 'n' | 's' | 'inlineStr' | 'str' | 'b' | 'd' | 'other';

const types: readonly CellType[] = ['s', 'n', 'inlineStr', 'str', 'b', 'd'];

/** The kind of value that is named between two places. */
export function cellTypeAt(bytes: Uint8Array, start: number, end: number): CellType {
  for (const type of types) if (type.length === end - start && isAt(type, bytes, start)) return type;
  return 'other';
}

function isAt(type: string, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < type.length; at++) if (bytes[start + at] !== type.charCodeAt(at)) return false;
  return true;
}
