import { refuse } from '../row-in-hand.ts';
import { attributeColumns } from '../rule-context.ts';
import type { UserRule } from '../rule.ts';

type Values = Record<string, string | null>;

/** Attributes of a row that sets none. */
export const noAttributes: Readonly<Values> = Object.freeze(withoutNames());

/** Every column that is no field of the contract is an attribute; a strict feed takes only those that are defined. */
export const attributes: UserRule = {
  name: 'attributes',
  code: 'validateExternalProperties',
  compile(context) {
    const strict = context.policy.unknownAttribute === 'strict';
    const columns = attributeColumns(context).map((column) => ({
      column,
      known: !strict || context.knownAttributes.has(column.name),
    }));
    if (columns.length === 0) return null;
    return (row) => {
      let values: Values | null = null;
      for (const { column, known } of columns) {
        const cell = row.cells[column.position];
        if (cell === undefined || typeof cell === 'symbol') continue;
        if (!known) refuse(row, { code: 'validateExternalProperties', column });
        else (values ??= withoutNames())[column.name] = cell;
      }
      if (values !== null) row.draft.attributes = values;
    };
  },
  accepted: [
    { row: { City: 'Lund', Country: '' }, gives: { attributes: { City: 'Lund' } } },
    { row: { City: '-' }, policy: { clearToken: '-' }, gives: { attributes: { City: null } } },
    { row: { City: 'Lund' }, policy: { unknownAttribute: 'strict' }, knownAttributes: ['City'], gives: { attributes: { City: 'Lund' } } },
    { row: { Citty: '' }, policy: { unknownAttribute: 'strict' }, knownAttributes: ['City'], gives: { attributes: {} } },
    { row: { constructor: 'Acme', toString: 'x' }, gives: { attributes: { constructor: 'Acme', toString: 'x' } } },
  ],
  refused: [
    { row: { Citty: 'Lund' }, policy: { unknownAttribute: 'strict' }, knownAttributes: ['City'], column: 'Citty' },
    { row: { City: 'Lund', Citty: 'Lund' }, policy: { unknownAttribute: 'strict' }, knownAttributes: ['City'], column: 'Citty' },
    { row: { Citty: '-' }, policy: { unknownAttribute: 'strict', clearToken: '-' }, knownAttributes: ['City'], column: 'Citty' },
  ],
};

/** Without a prototype, since the sender chooses the names: `__proto__` and `constructor` are names like any other. */
function withoutNames(): Values {
  return Object.create(null) as Values;
}
