import { report } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';

/**
 * A row has no filled cell without a header above it: such a row has usually been cut in the wrong places, and its value
 * would be lost.
 */
export const rowCells: AnyRule = {
  name: 'row-cells',
  code: 'validateRowCells',
  compile({ header }) {
    const named = new Set([...header.columns, ...(header.inDoubt?.columns ?? [])].map((column) => column.position));
    const width = Math.max(-1, ...named) + 1;
    return (row) => {
      const { cells } = row.raw;
      if (named.size === width && cells.length <= width) return;
      if (!cells.some((text, position) => !named.has(position) && text.trim() !== '')) return;
      const filled = cells.findLastIndex((text) => text.trim() !== '') + 1;
      report(row, { code: 'validateRowCells', found: String(filled), expected: String(named.size) });
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
