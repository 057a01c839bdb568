import { readFlag } from '../flag-text.ts';
import { valueRule } from '../value-rule.ts';

/** IsManager is 1 or 0. */
export const isManager = valueRule({
  name: 'is-manager',
  code: 'validateIsManager',
  field: 'isManager',
  reader: () => readFlag,
  set: (draft, value) => void (draft.isManager = value),
  accepted: [
    { row: { isManager: '1' }, gives: { isManager: true } },
    { row: { isManager: ' 0 ' }, gives: { isManager: false } },
    { row: { isManager: '' }, gives: { isManager: undefined } },
    { row: { isManager: '-' }, policy: { clearToken: '-' }, gives: { isManager: null } },
  ],
  refused: [
    { row: { isManager: 'yes' }, column: 'isManager', expected: '1 or 0' },
    { row: { isManager: 'TRUE' }, column: 'isManager', expected: '1 or 0' },
    { row: { isManager: '2' }, column: 'isManager', expected: '1 or 0' },
    { row: { isManager: '1.0' }, column: 'isManager', expected: '1 or 0' },
  ],
});
