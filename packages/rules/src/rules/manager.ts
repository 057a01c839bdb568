import { isInDoubt } from '@rosterport/domain';
import { hasValue } from '../cell.ts';
import { report } from '../row-in-hand.ts';
import { columnFor } from '../rule-context.ts';
import type { UserRule } from '../rule.ts';

/** Reads who manages the person's groups. The id wins over the name, also one that was refused; naming oneself is usually a slip. */
export const manager: UserRule = {
  name: 'manager',
  code: 'validateManagerIsSomeoneElse',
  compile(context) {
    const id = columnFor(context, 'managerId');
    const name = columnFor(context, 'managerName');
    if (id === null && name === null) return null;
    // The id would win over the name, wherever it stands.
    if (isInDoubt(context.header, 'managerId')) return null;
    return (row) => {
      const { cells, draft } = row;
      const byId = id === null ? undefined : cells[id.position];
      const byName = name === null ? undefined : cells[name.position];
      if (typeof byId === 'string') draft.manager = { by: 'id', value: byId };
      else if (typeof byName === 'string' && !hasValue(byId)) draft.manager = { by: 'name', value: byName };
      else if (byId === null || byName === null) draft.manager = null;
      if (id !== null && typeof byId === 'string' && byId === draft.externalId) {
        report(row, { code: 'validateManagerIsSomeoneElse', column: id });
      }
    };
  },
  accepted: [
    { row: { managerId: 'E2' }, gives: { manager: { by: 'id', value: 'E2' } } },
    { row: { managerName: 'foo barsson' }, gives: { manager: { by: 'name', value: 'foo barsson' } } },
    { row: { managerId: 'E2', managerName: 'foo barsson' }, gives: { manager: { by: 'id', value: 'E2' } } },
    { row: { managerId: '', managerName: '' }, gives: { manager: undefined } },
    { row: { managerId: '-', managerName: '' }, policy: { clearToken: '-' }, gives: { manager: null } },
    { row: { externalId: 'E1', managerId: 'e1' }, gives: { manager: { by: 'id', value: 'e1' } } },
  ],
  refused: [{ row: { externalId: 'E1', managerId: 'E1' }, column: 'managerId' }],
};
