import { plainFormat, type CellFormat } from '../cells/cell-format.ts';
import { isoText } from '../cells/date-text.ts';
import { numberText } from '../cells/number-text.ts';
import type { FormatLimits } from '../limits.ts';
import { beyondLimit, damaged } from '../unreadable.ts';
import { cellColumn, rowNumber } from './cell-reference.ts';
import { cutText } from './cut-text.ts';
import { decodeEscapes, eachAttribute, unescapeXml } from './xml-text.ts';
import { XmlScanner, type XmlHandler } from './xml-scanner.ts';

/** A row of a sheet; a number stands for the shared text of that number. */
export interface SheetRow {
  readonly row: number;
  readonly cells: (string | number)[];
  readonly damaged?: readonly number[];
  readonly numbers?: readonly number[];
  readonly unsolved?: readonly number[];
}

/** How to read a sheet. */
export interface SheetOptions {
  readonly formats: readonly CellFormat[];
  readonly is1904: boolean;
  readonly limits: FormatLimits;
  /** Cells that were read of the workbook so far; shared by its sheets. */
  readonly cellCount: { value: number };
  /** Is told the range of each merging of cells, as in `B2:B4`, after the rows. */
  readonly onMerged?: ((range: string) => void) | undefined;
}

/** The rows of a sheet that have any cell with a value, as they come. Throws when the sheet is damaged or too large. */
export async function* sheetRows(part: AsyncIterable<Uint8Array>, options: SheetOptions): AsyncGenerator<SheetRow[]> {
  const collector = new RowCollector(options);
  const scanner = new XmlScanner(collector);
  for await (const chunk of part) {
    scanner.push(chunk);
    const rows = collector.rows.splice(0);
    if (rows.length > 0) yield rows;
  }
  scanner.end();
}

class RowCollector implements XmlHandler {
  readonly rows: SheetRow[] = [];
  wantsText = false;
  readonly #options: SheetOptions;
  #isInData = false;
  #row = 0;
  #cells: (string | number)[] = [];
  #damaged: number[] = [];
  #numbers: number[] = [];
  #unsolved: number[] = [];
  #column = -1;
  #type = '';
  #style = 0;
  #value = '';
  #hasFormula = false;
  #phonetic = 0;

  constructor(options: SheetOptions) {
    this.#options = options;
  }

  open(name: string, attributes: string, depth: number): void {
    if (depth === 4 && name === 'c' && this.#isInData) this.#openCell(attributes);
    else if (depth === 5 && this.#isInData) this.#openPart(name);
    else if (depth === 3 && this.#isInData) this.#openRow(name, attributes);
    else if (depth === 3 && name === 'mergeCell') this.#openMerged(attributes);
    else if (depth === 2) this.#isInData = name === 'sheetData';
    else if (depth > 5 && this.#isInData && this.#type === 'inlineStr') this.#openInline(name);
  }

  close(name: string, depth: number): void {
    if (depth >= 5) {
      this.wantsText = false;
      if (name === 'rPh') this.#phonetic--;
    } else if (!this.#isInData) return;
    else if (depth === 4) this.#closeCell();
    else if (depth === 3) this.#closeRow();
    else if (depth === 2) this.#isInData = false;
  }

  text(text: string, isRaw: boolean): void {
    this.#value = cutText(this.#value + (isRaw ? text : unescapeXml(text)), this.#options.limits.maxCellLength);
  }

  #openPart(name: string): void {
    this.wantsText = name === 'v';
    this.#hasFormula ||= name === 'f';
  }

  #openMerged(attributes: string): void {
    eachAttribute(attributes, (name, value) => {
      if (name === 'ref') this.#options.onMerged?.(value);
    });
  }

  #openRow(tag: string, attributes: string): void {
    if (tag !== 'row') return;
    let row = this.#row + 1;
    eachAttribute(attributes, (name, value) => {
      if (name === 'r') row = rowNumber(value);
    });
    this.#row = row;
    this.#cells = [];
    this.#damaged = [];
    this.#numbers = [];
    this.#unsolved = [];
    this.#column = -1;
  }

  #openCell(attributes: string): void {
    let column = this.#column + 1;
    this.#type = 'n';
    this.#style = 0;
    this.#value = '';
    this.#hasFormula = false;
    eachAttribute(attributes, (name, value) => {
      if (name === 'r') column = cellColumn(value);
      else if (name === 't') this.#type = value;
      else if (name === 's') this.#style = Number(value);
    });
    this.#column = column;
    this.#count(1);
  }

  #openInline(name: string): void {
    if (name === 'rPh') this.#phonetic++;
    else if (name === 't') this.wantsText = this.#phonetic === 0;
  }

  #closeCell(): void {
    if (this.#value === '') {
      if (this.#hasFormula && this.#type !== 'str') this.#unsolved.push(this.#column);
      return;
    }
    const cells = this.#cells;
    this.#count(Math.max(0, this.#column - cells.length));
    while (cells.length < this.#column) cells.push('');
    cells[this.#column] = this.#cellText();
  }

  #closeRow(): void {
    if (this.#cells.length === 0 && this.#unsolved.length === 0) return;
    this.rows.push({
      row: this.#row,
      cells: this.#cells,
      ...(this.#damaged.length === 0 ? null : { damaged: this.#damaged }),
      ...(this.#numbers.length === 0 ? null : { numbers: this.#numbers }),
      ...(this.#unsolved.length === 0 ? null : { unsolved: this.#unsolved }),
    });
  }

  #cellText(): string | number {
    const { formats, is1904 } = this.#options;
    switch (this.#type) {
      case 's':
        return sharedNumber(this.#value);
      case 'inlineStr':
      case 'str':
        return decodeEscapes(this.#value);
      case 'b':
        return this.#value.trim() === 'true' ? '1' : this.#value.trim() === 'false' ? '0' : this.#value.trim();
      case 'd':
        this.#damaged.push(this.#column);
        return isoText(this.#value, formats[this.#style] ?? plainFormat);
      case 'n': {
        const format = formats[this.#style] ?? plainFormat;
        const { text, isDamaged } = numberText(this.#value, format, is1904);
        if (isDamaged) this.#damaged.push(this.#column);
        else if (format.kind === 'plain') this.#numbers.push(this.#column);
        return text;
      }
      default:
        return this.#value;
    }
  }

  #count(cells: number): void {
    const { cellCount, limits } = this.#options;
    cellCount.value += cells;
    if (cellCount.value > limits.maxCells) throw beyondLimit(`more than ${limits.maxCells} cells`);
  }
}

function sharedNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw damaged('a cell names a text that is not there');
  return number;
}
