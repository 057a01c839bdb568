import { issue, type Issue, type RawRow, type SheetHeader } from '@rosterport/domain';

import type { ReadRow } from './format-reader.ts';
import { HeaderSection, type SectionStart } from './header-section.ts';
import { readCells } from './headers/read-header.ts';
import { isHeaderRow } from './headers/second-header.ts';

/** Rows that stand below one header. */
export interface RowRun {
  readonly header: SheetHeader;
  readonly rows: readonly RawRow[];
}

const mostRepeatedHeaders = 10;

/**
 * Reads the rows of one table in order and remembers what was said about it already. A second header row is a fault; the
 * rows below it are judged by it all the same, so that the fault hides none of theirs.
 */
export class TableRows {
  /** Findings of the last rows taken. */
  readonly findings: Issue[] = [];
  readonly #firstRow: number;
  readonly #sections: HeaderSection[];
  #section: HeaderSection;
  #headerRows = 0;

  constructor(start: SectionStart) {
    this.#firstRow = start.row + 1;
    this.#section = new HeaderSection(start);
    this.#sections = [this.#section];
  }

  /** The header below which the last rows stand. */
  get header(): SheetHeader {
    return this.#section.header;
  }

  /** The data rows among the rows, those below one header together. */
  take(rows: readonly ReadRow[]): RowRun[] {
    const runs: { header: SheetHeader; rows: RawRow[] }[] = [];
    for (const row of rows) {
      if (row.row < this.#firstRow) continue;
      if (row.unsolved !== undefined) this.findings.push(...this.#section.formulasIn(row));
      if (row.cells.every(isBlank)) continue;
      if (isHeaderRow(row.cells)) {
        this.#findHeader(row);
        continue;
      }
      const kept = this.#section.fitted(row);
      if (this.#section.findings.length > 0) this.findings.push(...this.#section.findings.splice(0));
      const { header } = this.#section;
      const last = runs.at(-1);
      if (last?.header === header) last.rows.push(kept);
      else runs.push({ header, rows: [kept] });
    }
    return runs;
  }

  /** Findings that only the whole table shows. */
  end(): Issue[] {
    return this.#sections.flatMap((section) => section.end());
  }

  #findHeader({ row, cells }: ReadRow): void {
    this.#headerRows++;
    if (this.#headerRows > mostRepeatedHeaders) return;
    const { sheet } = this.#section.header;
    this.findings.push(issue('validateSingleHeaderRow', { sheet, row, found: String(row) }));
    const { header, issues } = readCells({ row, cells }, { kind: null, sheet });
    if (header === null || this.#section.isLike(header)) return;
    this.findings.push(...issues);
    this.#section = new HeaderSection({ header, row, width: cells.length });
    this.#sections.push(this.#section);
  }
}

function isBlank(cell: string): boolean {
  return cell === '' || (!(cell.charCodeAt(0) > 0x20 && cell.charCodeAt(0) < 0x7f) && cell.trim() === '');
}
