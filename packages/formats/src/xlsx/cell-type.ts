import { isAt } from './xml-names.ts';

/** What kind of value a cell has (ECMA-376 part 1, 18.18.11); an error, or a kind that is not known, is `other`. */
export type CellType = 'n' | 's' | 'inlineStr' | 'str' | 'b' | 'd' | 'other';

const types = (['s', 'n', 'inlineStr', 'str', 'b', 'd'] as const).map((type) => ({ type, name: Uint8Array.from(Buffer.from(type)) }));

/** The kind of value that is named between two places. */
export function cellTypeAt(bytes: Uint8Array, start: number, end: number): CellType {
  for (const { type, name } of types) if (name.length === end - start && isAt(name, bytes, start)) return type;
  return 'other';
}
