import { csvFormat } from './csv/csv-format.ts';
import type { FormatReader } from './format-reader.ts';
import { xlsFormat } from './xls/xls-format.ts';
import { xlsxFormat } from './xlsx/xlsx-format.ts';

/** Every format that is read, in the order in which they are tried. Plain text comes last, since it has no signature. */
export const formats: readonly FormatReader[] = [xlsxFormat, xlsFormat, csvFormat];
