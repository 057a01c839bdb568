import { issue, type Issue, type RawRow, type SheetHeader } from '@rosterport/domain';

import type { ReadRow } from './format-reader.ts';
import { IdColumns } from './id-columns.ts';

const mostUnnamedColumns = 10;

/** Where the rows below a header begin. */
export interface SectionStart {
  readonly header: SheetHeader;
  /** Number of the header row. */
  readonly row: number;
  /** Cells of the header row, the empty ones included. */
  readonly width: number;
}

/** The rows below one header, read in order, with what was said about them already. */
export class HeaderSection {
  readonly header: SheetHeader;
  /** Findings of the last row that was fitted. */
  readonly findings: Issue[] = [];
  readonly #row: number;
  readonly #isNamed: readonly boolean[];
  readonly #width: number;
  readonly #reported = new Set<number>();
  readonly #unsolved = new Set<number>();
  readonly #ids: IdColumns;

  constructor({ header, row, width }: SectionStart) {
    const named = new Set([...header.columns, ...(header.inDoubt?.columns ?? [])].map(({ position }) => position));
    const lastNamed = [...named].reduce((last, position) => Math.max(last, position), -1);
    this.header = header;
    this.#row = row;
    this.#isNamed = Array.from({ length: lastNamed + 1 }, (_, position) => named.has(position));
    this.#width = Math.max(lastNamed + 1, width);
    this.#ids = new IdColumns(header);
  }

  /** True when another header row says the same. */
  isLike(header: SheetHeader): boolean {
    return JSON.stringify(this.header) === JSON.stringify(header);
  }

  /** One finding for each column in which a formula without a result is seen for the first time. */
  formulasIn({ row, unsolved = [] }: ReadRow): Issue[] {
    return unsolved.flatMap((position) => {
      const column = this.header.columns.find((candidate) => candidate.position === position);
      if (column === undefined || this.#unsolved.has(position)) return [];
      this.#unsolved.add(position);
      const expected = `the first is in row ${row}`;
      return [issue('validateFormulaResults', { sheet: this.header.sheet, row, column: column.name, expected })];
    });
  }

  /** The row without empty cells beyond the header, and without values below empty headers, of which the file is told. */
  fitted(read: ReadRow): RawRow {
    this.#ids.see(read);
    const row = rawRow(read);
    const kept = this.#withoutLost(row);
    const named = this.#isNamed.length;
    if (kept.length <= named) return kept === row.cells ? row : { ...row, cells: kept };
    const last = kept.findLastIndex((cell) => cell.trim() !== '');
    return { ...row, cells: last + 1 === kept.length ? kept : kept.slice(0, Math.max(named, last + 1)) };
  }

  /** Findings that only all rows show. */
  end(): Issue[] {
    return this.#ids.issues();
  }

  #withoutLost({ row, cells }: RawRow): readonly string[] {
    let hasLost = false;
    for (let position = 0; position < cells.length && position < this.#width; position++) {
      if (this.#isNamed[position] === true || cells[position]?.trim() === '') continue;
      hasLost = true;
      this.#findValue(position, row);
    }
    if (!hasLost) return cells;
    return cells.map((cell, position) => (position < this.#width && this.#isNamed[position] !== true ? '' : cell));
  }

  #findValue(position: number, row: number): void {
    if (this.#reported.has(position) || this.#reported.size >= mostUnnamedColumns) return;
    this.#reported.add(position);
    const expected = `column ${position + 1} has no header, but a value in row ${row}`;
    this.findings.push(issue('validateHeaderRow', { sheet: this.header.sheet, row: this.#row, expected }));
  }
}

/** The row as it goes out: without what only a workbook tells. */
function rawRow(read: ReadRow): RawRow {
  if (read.numbers === undefined && read.unsolved === undefined) return read;
  const { row, cells, damaged, hash } = read;
  return { row, cells, ...(damaged !== undefined && { damaged }), ...(hash !== undefined && { hash }) };
}
