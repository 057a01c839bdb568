import { isAt } from './xml-names.ts';

/** What kind of value a cell has (ECMA-376 part 1, 18.18.11); an error, or a kind that is not known, is `other`. */
export type CellType = 'n' | 's' | 'inlineStr' | 'str' | 'b' | 'd' | 'other';

/** `inlineStr`. */
export const inlineName: Uint8Array = Buffer.from('inlineStr');
/** `str`. */
export const valueName: Uint8Array = Buffer.from('str');
const letters: readonly (readonly [letter: number, type: CellType])[] = (['s', 'n', 'b', 'd'] as const).map((type) => [type.charCodeAt(0), type]);

/** The kind of value that is named between two places. */
export function cellTypeAt(bytes: Uint8Array, start: number, end: number): CellType {
  const length = end - start;
  if (length === 1) return letters.find(([letter]) => letter === bytes[start])?.[1] ?? 'other';
  if (length === inlineName.length && isAt(inlineName, bytes, start)) return 'inlineStr';
  return length === valueName.length && isAt(valueName, bytes, start) ? 'str' : 'other';
}
