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
    if (id === null || first === null || last === null) return null;
    return ({ cells, draft }) => {
      draft.externalId = asText(cells[id.position]);
      draft.firstName = asText(cells[first.position]);
      draft.lastName = asText(cells[last.position]);
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

/** An id or name that is missing or refused leaves no record behind, so that any text will do. */
function asText(cell: unknown): string {
  return typeof cell === 'string' ? cell : '';
}
