import { issue } from '@rosterport/domain';

import type { TableEvent } from './format-reader.ts';

const mostRanges = 10;

/** Remembers the first mergings of a sheet, to tell of all of them in one finding. */
export class MergedCells {
  readonly #sheet: string | null;
  readonly #ranges: string[] = [];
  #count = 0;

  constructor(sheet: string | null) {
    this.#sheet = sheet;
  }

  /** Takes a range such as `B2:B4`. */
  add(range: string): void {
    if (!/^[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}$/.test(range)) return;
    this.#count++;
    if (this.#ranges.length < mostRanges) this.#ranges.push(range);
  }

  /** The finding, when there is anything to tell. */
  *events(): Generator<TableEvent> {
    const [first] = this.#ranges;
    if (first === undefined) return;
    const row = Number(/\d+/.exec(first)?.[0]);
    const found = this.#ranges.join(', ') + (this.#count > mostRanges ? ' and more' : '');
    yield { kind: 'issue', issue: issue('validateNoMergedCells', { sheet: this.#sheet, row, found }) };
  }
}
