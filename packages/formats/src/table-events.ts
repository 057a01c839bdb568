import { issue, type Issue, type RawRow, type SheetHeader } from '@rosterport/domain';

import type { ReadRow, TableEvent } from './format-reader.ts';
import { isHeaderRow } from './headers/second-header.ts';
import { IdColumns } from './id-columns.ts';

/** Data rows of a table, in order, or a finding about the file. */
export type ParseEvent =
  | { readonly kind: 'rows'; readonly header: SheetHeader; readonly rows: readonly RawRow[] }
  | { readonly kind: 'issue'; readonly issue: Issue };

/** What is known about the tables before their rows come. */
export interface KnownTables {
  /** `null` for a table whose header row was not understood: its rows are passed over. */
  readonly headers: readonly (SheetHeader | null)[];
  /** Cells of each header row, the empty ones included. */
  readonly widths: readonly number[];
}

const mostRepeatedHeaders = 10;

/**
 * Keeps the data rows: without empty rows, second header rows and empty cells beyond the header. At the end of a file
 * without any data row comes the finding that says so.
 */
export async function* tableEvents(events: AsyncIterable<TableEvent>, known: KnownTables): AsyncGenerator<ParseEvent> {
  const tables = known.headers.map((header, index) => (header === null ? null : new TableRows(header, known, index)));
  let isEmpty = true;
  let isReadable = true;
  for await (const event of events) {
    const table = event.kind === 'rows' ? tables[event.table] : undefined;
    if (event.kind === 'issue') {
      isReadable &&= event.issue.severity !== 'error';
      yield event;
    } else if (table == null) {
      isEmpty = false;
    } else {
      const rows = table.take(event.rows);
      for (const found of table.findings.splice(0)) yield { kind: 'issue', issue: found };
      isEmpty &&= rows.length === 0;
      if (rows.length > 0) yield { kind: 'rows', header: table.header, rows };
    }
  }
  for (const table of tables) for (const found of table?.end() ?? []) yield { kind: 'issue', issue: found };
  // Of a file that broke off nobody knows whether it has rows.
  if (isEmpty && isReadable) yield { kind: 'issue', issue: issue('validateFileHasRows') };
}

/** Reads the rows of one table in order and remembers what was said about it already. */
class TableRows {
  readonly header: SheetHeader;
  /** Findings of the last rows taken. */
  readonly findings: Issue[] = [];
  readonly #isNamed: readonly boolean[];
  readonly #width: number;
  readonly #reported = new Set<number>();
  readonly #unsolved = new Set<number>();
  readonly #ids: IdColumns;
  #headerRows = 0;

  constructor(header: SheetHeader, known: KnownTables, index: number) {
    const named = new Set(header.columns.map(({ position }) => position));
    const lastNamed = Math.max(-1, ...named);
    this.header = header;
    this.#isNamed = Array.from({ length: lastNamed + 1 }, (_, position) => named.has(position));
    this.#width = Math.max(lastNamed + 1, known.widths[index] ?? 0);
    this.#ids = new IdColumns(header);
  }

  take(rows: readonly ReadRow[]): RawRow[] {
    const kept: RawRow[] = [];
    for (const row of rows) {
      if (row.unsolved !== undefined) this.#findFormulas(row.unsolved, row.row);
      if (row.cells.every((cell) => cell.trim() === '')) continue;
      if (isHeaderRow(row.cells)) this.#findHeader(row.row);
      else kept.push(this.#fit(row));
    }
    return kept;
  }

  /** Findings that only the whole table shows. */
  end(): Issue[] {
    return this.#ids.issues();
  }

  #findFormulas(positions: readonly number[], row: number): void {
    for (const position of positions) {
      const column = this.header.columns.find((candidate) => candidate.position === position);
      if (column === undefined || this.#unsolved.has(position)) continue;
      this.#unsolved.add(position);
      const expected = `the first is in row ${row}`;
      this.findings.push(issue('validateFormulaResults', { sheet: this.header.sheet, row, column: column.name, expected }));
    }
  }

  #findHeader(row: number): void {
    this.#headerRows++;
    if (this.#headerRows > mostRepeatedHeaders) return;
    this.findings.push(issue('validateSingleHeaderRow', { sheet: this.header.sheet, row, found: String(row) }));
  }

  #fit(read: ReadRow): RawRow {
    this.#ids.see(read);
    const { row: number, cells, damaged } = read;
    const row: RawRow = damaged === undefined ? { row: number, cells } : { row: number, cells, damaged };
    const named = this.#isNamed.length;
    for (let position = 0; position < cells.length; position++) {
      if (this.#isNamed[position] !== true && cells[position]?.trim() !== '') this.#findValue(position, row.row);
    }
    if (cells.length <= named) return row;
    const last = cells.findLastIndex((cell) => cell.trim() !== '');
    return last + 1 === cells.length ? row : { ...row, cells: cells.slice(0, Math.max(named, last + 1)) };
  }

  /** A value in a column whose header is empty. One right of all headers is the row's own fault, and the rules refuse it. */
  #findValue(position: number, row: number): void {
    if (position >= this.#width || this.#reported.has(position) || this.#reported.size >= mostRepeatedHeaders) return;
    this.#reported.add(position);
    const expected = `column ${position + 1} has no header, but a value in row ${row}`;
    this.findings.push(issue('validateHeaderRow', { sheet: this.header.sheet, row: 1, expected }));
  }
}
