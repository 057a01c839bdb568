import { csvFormat } from './csv/csv-format.ts';
import type { FormatReader } from './format-reader.ts';

/** Every format that is read, in the order in which they are tried. Plain text comes last, since it has no signature. */
export const formats: readonly FormatReader[] = [csvFormat];
