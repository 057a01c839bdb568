import { plainFormat, type CellFormat } from '../cells/cell-format.ts';
import { isoText } from '../cells/date-text.ts';
import { numberText } from '../cells/number-text.ts';
import { beyondLimit, damaged } from '../unreadable.ts';
import { cellColumn, rowNumber } from './cell-reference.ts';
import { cellTypeAt, type CellType } from './cell-type.ts';
import type { CharacterData } from './character-data.ts';
import { cutText } from './cut-text.ts';
import type { SheetOptions, SheetRow } from './sheet-row.ts';
import type { XmlHandler } from './xml-scanner.ts';
import type { XmlTag } from './xml-tag.ts';
import { UsualCell } from './usual-cell.ts';
import { decodeEscapes } from './xml-text.ts';

const letters = { r: 0x72, s: 0x73, t: 0x74 } as const;
/** Cells that are collected before the rows must be taken away, so that a few bytes cannot become many rows at once. */
const mostWaiting = 65_536;

/** Collects the rows of a sheet from its XML. */
export class RowCollector implements XmlHandler {
  wantsText = false;
  isFull = false;
  readonly #options: SheetOptions;
  #rows: SheetRow[] = [];
  #waiting = 0;
  #isInData = false;
  #isInRow = false;
  #isInCell = false;
  #row = 0;
  #cells: (string | number)[] = [];
  #damaged: number[] | null = null;
  #numbers: number[] | null = null;
  #unsolved: number[] | null = null;
  #column = -1;
  #type: CellType = 'n';
  #style = 0;
  /** The number of a shared text, while nothing but digits was read; else -1. */
  #shared = -1;
  #value = '';
  #mayHaveEscapes = false;
  #hasFormula = false;
  #phonetic = 0;
  readonly #usual = new UsualCell();

  constructor(options: SheetOptions) {
    this.#options = options;
  }

  /** The rows that were collected since they were last taken. */
  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#waiting = 0;
    this.isFull = false;
    return rows;
  }

  usual(text: CharacterData, from: number, depth: number): number {
    if (depth !== 3 || !this.#isInRow) return from;
    const cell = this.#usual;
    let at = from;
    while (cell.read(text, at)) {
      this.#takeUsual(cell, text);
      at = cell.next;
    }
    return at;
  }

  open(name: string, tag: XmlTag, depth: number): void {
    if (this.#isInCell) {
      if (depth === 5) {
        this.wantsText = name === 'v';
        this.#hasFormula ||= name === 'f';
      } else if (this.#type === 'inlineStr') this.#openInline(name);
    } else if (depth === 4) {
      if (this.#isInRow && name === 'c') this.#openCell(tag);
    } else if (depth === 3) {
      if (name === 'row' && this.#isInData) this.#openRow(tag);
      else if (name === 'mergeCell' && !this.#isInData) this.#openMerged(tag);
    } else if (depth === 2) this.#isInData = name === 'sheetData';
  }

  close(name: string, depth: number): void {
    if (depth >= 5) {
      this.wantsText = false;
      if (this.#phonetic > 0 && name === 'rPh') this.#phonetic--;
    } else if (depth === 4) {
      if (this.#isInCell) this.#closeCell();
    } else if (depth === 3) {
      if (this.#isInRow) this.#closeRow();
    } else if (depth === 2) this.#isInData = false;
  }

  text(text: CharacterData): void {
    if (this.#type === 's' && this.#value === '') {
      const digits = this.#shared === -1 ? text.digits() : -1;
      if (digits !== -1) {
        this.#shared = digits;
        return;
      }
      if (this.#shared !== -1) this.#value = String(this.#shared);
      this.#shared = -1;
    }
    this.#mayHaveEscapes ||= text.hasUnderscore;
    const added = text.string();
    this.#value = cutText(this.#value === '' ? added : this.#value + added, this.#options.limits.maxCellLength);
  }

  #takeUsual({ column, type, style, shared }: UsualCell, text: CharacterData): void {
    this.#column = column === -1 ? this.#column + 1 : column;
    this.#count(1);
    if (shared !== -1) this.#put(shared);
    else if (text.start < text.end) {
      this.#forgetCell();
      this.#type = type;
      this.#style = style;
      this.text(text);
      this.#put(this.#cellText());
    }
  }

  #openMerged(tag: XmlTag): void {
    const range = tag.all().get('ref');
    if (range !== undefined) this.#options.onMerged?.(range);
  }

  #openRow(tag: XmlTag): void {
    let row = this.#row + 1;
    for (let index = 0; index < tag.count; index++) {
      if (tag.letter(index) !== letters.r) continue;
      const digits = tag.digits(index);
      row = rowNumber(digits === -1 ? Number(tag.value(index)) : digits);
    }
    this.#isInRow = true;
    this.#row = row;
    this.#cells = [];
    this.#damaged = null;
    this.#numbers = null;
    this.#unsolved = null;
    this.#column = -1;
  }

  #forgetCell(): void {
    this.#shared = -1;
    this.#value = '';
    this.#mayHaveEscapes = false;
    this.#hasFormula = false;
    this.#phonetic = 0;
  }

  #openCell(tag: XmlTag): void {
    this.#forgetCell();
    this.#count(1);
    let column = this.#column + 1;
    this.#type = 'n';
    this.#style = 0;
    for (let index = 0; index < tag.count; index++) {
      switch (tag.letter(index)) {
        case letters.r:
          column = cellColumn(tag.bytes, tag.valueStart(index), tag.valueEnd(index));
          break;
        case letters.t:
          this.#type = cellTypeAt(tag.bytes, tag.valueStart(index), tag.valueEnd(index));
          break;
        case letters.s: {
          const digits = tag.digits(index);
          this.#style = digits === -1 ? Number(tag.value(index)) : digits;
        }
      }
    }
    this.#isInCell = true;
    this.#column = column;
  }

  #openInline(name: string): void {
    if (name === 'rPh') this.#phonetic++;
    else if (name === 't') this.wantsText = this.#phonetic === 0;
  }

  #closeCell(): void {
    this.#isInCell = false;
    if (this.#shared === -1 && this.#value === '') {
      if (this.#hasFormula && this.#type !== 'str') (this.#unsolved ??= []).push(this.#column);
      return;
    }
    this.#put(this.#cellText());
  }

  #put(cell: string | number): void {
    const cells = this.#cells;
    const column = this.#column;
    if (cells.length < column) {
      this.#count(column - cells.length);
      while (cells.length < column) cells.push('');
    }
    if (cells.length === column) cells.push(cell);
    else cells[column] = cell;
  }

  #closeRow(): void {
    this.#isInRow = false;
    const cells = this.#cells;
    if (cells.length === 0 && this.#unsolved === null) return;
    this.#waiting += cells.length + 1;
    this.isFull = this.#waiting > mostWaiting;
    const row = { row: this.#row, cells };
    if (this.#damaged === null && this.#numbers === null && this.#unsolved === null) this.#rows.push(row);
    else this.#rows.push({ ...row, ...this.#marks() });
  }

  #marks(): Pick<SheetRow, 'damaged' | 'numbers' | 'unsolved'> {
    return {
      ...(this.#damaged === null ? null : { damaged: this.#damaged }),
      ...(this.#numbers === null ? null : { numbers: this.#numbers }),
      ...(this.#unsolved === null ? null : { unsolved: this.#unsolved }),
    };
  }

  #cellText(): string | number {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return this.#shared === -1 ? sharedNumber(value) : this.#shared;
      case 'inlineStr':
      case 'str':
        return this.#mayHaveEscapes ? decodeEscapes(value) : value;
      case 'b':
        return value.trim() === 'true' ? '1' : value.trim() === 'false' ? '0' : value.trim();
      case 'd':
        (this.#damaged ??= []).push(this.#column);
        return isoText(value, this.#format());
      case 'n':
        return this.#number(value);
      case 'other':
        return value;
    }
  }

  #number(value: string): string {
    const format = this.#format();
    const { text, isDamaged } = numberText(value, format, this.#options.is1904);
    if (isDamaged) (this.#damaged ??= []).push(this.#column);
    else if (format.kind === 'plain') (this.#numbers ??= []).push(this.#column);
    return text;
  }

  #format(): CellFormat {
    return this.#options.formats[this.#style] ?? plainFormat;
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
