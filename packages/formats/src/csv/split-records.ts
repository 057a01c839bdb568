import Papa from 'papaparse';

import type { RecordBatch } from './record-scanner.ts';

/** The cells of each record of a batch, whose text is given without byte order mark. */
export function splitRecords(batch: RecordBatch, text: string, separator: string): string[][] {
  const body = batch.ended ? text.slice(0, -batch.lineEnd.length) : text;
  if (batch.odd) return [splitOddRecord(body, separator)];
  if (body === '') return [['']];
  const parser = new Papa.Parser({ delimiter: separator, newline: batch.lineEnd } as Papa.ParseConfig);
  return (parser as unknown as { parse(input: string): { data: string[][] } }).parse(body).data;
}

/**
 * Cells of a record that has text after a closing quote, which papaparse would search beyond the record for. The text is
 * joined to the cell, as spreadsheets do.
 */
export function splitOddRecord(text: string, separator: string): string[] {
  const cells: string[] = [];
  let at = 0;
  do {
    let cell = '';
    if (text[at] === '"') {
      const quoted = /"((?:[^"]|"")*)"/y;
      quoted.lastIndex = at;
      cell = quoted.exec(text)?.[1]?.replaceAll('""', '"') ?? '';
      at = Math.max(quoted.lastIndex, at + 1);
    }
    const next = text.indexOf(separator, at);
    const end = next === -1 ? text.length : next;
    cells.push(cell + text.slice(at, end));
    at = end + 1;
  } while (at <= text.length);
  return cells;
}
