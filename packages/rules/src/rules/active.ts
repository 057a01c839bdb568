import { readFlag } from '../flag-text.ts';
import { valueRule } from '../value-rule.ts';

/** Active is 1 or 0. */
export const active = valueRule({
  name: 'active',
  code: 'validateActive',
  field: 'active',
  reader: () => readFlag,
  set: (draft, value) => void (draft.active = value),
  accepted: [
    { row: { active: '1' }, gives: { active: true } },
    { row: { active: '0' }, gives: { active: false } },
    { row: { active: '' }, gives: { active: undefined } },
    { row: { active: '-' }, policy: { clearToken: '-' }, gives: { active: null } },
  ],
  refused: [
    { row: { active: 'inactive' }, column: 'active', expected: '1 or 0' },
    { row: { active: 'FALSE' }, column: 'active', expected: '1 or 0' },
    { row: { active: '01' }, column: 'active', expected: '1 or 0' },
  ],
});
