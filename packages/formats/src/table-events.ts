import { issue, type Issue, type RawRow, type SheetHeader } from '@rosterport/domain';

import type { TableEvent } from './format-reader.ts';
import type { KnownRun } from './row-sieve.ts';
import { TableRows } from './table-rows.ts';

/** Data rows of a table, in order, or a finding about the file. */
export type ParseEvent =
  | { readonly kind: 'rows'; readonly header: SheetHeader; readonly rows: readonly RawRow[] }
  | { readonly kind: 'issue'; readonly issue: Issue };

/** The same, and rows that a sieve knows. */
export type SiftedEvent = ParseEvent | (KnownRun & { readonly header: SheetHeader });

/** What is known about the tables before their rows come. */
export interface KnownTables {
  /** `null` for a table without a header row: its rows are passed over. */
  readonly headers: readonly (SheetHeader | null)[];
  /** The number of each header row. */
  readonly headerRows: readonly number[];
  /** Cells of each header row, the empty ones included. */
  readonly widths: readonly number[];
}

/**
 * Keeps the data rows: without empty rows, second header rows and empty cells beyond the header. At the end of a file
 * without any data row comes the finding that says so.
 */
export async function* tableEvents(events: AsyncIterable<TableEvent>, known: KnownTables): AsyncGenerator<SiftedEvent> {
  const tables = known.headers.map((header, index) => tableOf(header, known, index));
  let isEmpty = true;
  let isReadable = true;
  for await (const event of events) {
    const table = event.kind === 'issue' ? undefined : tables[event.table];
    if (event.kind === 'issue') {
      isReadable &&= event.issue.severity !== 'error';
      yield event;
    } else if (table == null) {
      isEmpty = false;
    } else if (event.kind === 'known') {
      isEmpty = false;
      const { firstRow, count, ids } = event;
      yield { kind: 'known', header: table.header, firstRow, count, ids };
    } else {
      const runs = table.take(event.rows);
      for (const found of table.findings.splice(0)) yield { kind: 'issue', issue: found };
      for (const { header, rows } of runs) yield { kind: 'rows', header, rows };
      isEmpty &&= runs.length === 0;
    }
  }
  for (const table of tables) for (const found of table?.end() ?? []) yield { kind: 'issue', issue: found };
  // Of a file that broke off nobody knows whether it has rows.
  if (isEmpty && isReadable) yield { kind: 'issue', issue: issue('validateFileHasRows') };
}

function tableOf(header: SheetHeader | null, { headerRows, widths }: KnownTables, index: number): TableRows | null {
  if (header === null) return null;
  return new TableRows({ header, row: headerRows[index] ?? 1, width: widths[index] ?? 0 });
}
