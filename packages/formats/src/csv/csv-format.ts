import type { Opening, FormatReader } from '../format-reader.ts';
import { isBinary, markupName } from '../known-content.ts';
import { openCsv, type CsvLayout } from './open-csv.ts';
import { csvRows } from './csv-rows.ts';
import { recordsAhead } from './records-ahead.ts';
import { wideEncoding } from './text-encoding.ts';

/** Text with `;` or `|` between the cells, in UTF-8 (RFC 4180 but for the separator). */
export const csvFormat: FormatReader = {
  format: 'csv',
  recognise(start) {
    return Promise.resolve(wideEncoding(start) !== null || (!isBinary(start) && markupName(start) === null));
  },
  open(source, options): Promise<Opening> {
    return openCsv(source, options);
  },
  rows(source, layout, options) {
    return csvRows(source, layout as CsvLayout, options);
  },
  ahead(source, layout, { seed, limits }) {
    const { separator } = layout as CsvLayout;
    return recordsAhead(source, { separator, maxRecordLength: limits.maxRecordLength, seed });
  },
};
