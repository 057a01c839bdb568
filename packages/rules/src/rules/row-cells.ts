import { report } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';

/** A row has no filled cell to the right of the last header; such a row has usually been cut in the wrong places. */
export const rowCells: AnyRule = {
  name: 'row-cells',
  code: 'validateRowCells',
  compile({ header }) {
    const width = header.columns.reduce((most, column) => Math.max(most, column.position + 1), 0);
    return (row) => {
      const { cells } = row.raw;
      if (cells.length <= width) return;
      const last = cells.findLastIndex((text) => text.trim() !== '');
      if (last < width) return;
      report(row, { code: 'validateRowCells', found: String(last + 1), expected: String(width) });
    };
  },
  accepted: [
    { row: {} },
    { row: {}, surplus: ['', ' ', ''] },
    { kind: 'groups', row: {}, surplus: [''] },
  ],
  refused: [
    { row: {}, surplus: ['surplus'], column: null, expected: '4' },
    { row: {}, surplus: ['', '', 'far off', ''], column: null, expected: '4' },
    { kind: 'groups', row: {}, surplus: ['surplus'], column: null, expected: '5' },
  ],
};
