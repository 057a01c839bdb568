import type { HeaderColumn } from '@rosterport/domain';
import type { Cell } from '../cell.ts';
import { columnFor } from '../rule-context.ts';
import type { UserRule } from '../rule.ts';

/** Reads the id and the names of a person; whether they are there is judged elsewhere. */
export const names: UserRule = {
  name: 'names',
  code: null,
  compile(context) {
    const id = columnFor(context, 'externalId');
    const first = columnFor(context, 'firstName');
    const last = columnFor(context, 'lastName');
    return ({ cells, draft }) => {
      draft.externalId = textIn(cells, id);
      draft.firstName = textIn(cells, first);
      draft.lastName = textIn(cells, last);
    };
  },
  accepted: [
    {
      row: { externalId: ' E7 ', firstName: 'Zoë', lastName: 'van der Berg' },
      gives: { externalId: 'E7', firstName: 'Zoë', lastName: 'van der Berg' },
    },
    { row: { externalId: '007' }, gives: { externalId: '007' } },
  ],
  refused: [],
};

/** Of an id or name that is missing or refused no record is left, so that any text will do. */
function textIn(cells: readonly Cell[], column: HeaderColumn | null): string {
  const cell = column === null ? undefined : cells[column.position];
  return typeof cell === 'string' ? cell : '';
}
