import { columnsOf, type HeaderColumn } from '@rosterport/domain';
import { refuse } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';
import { columnFor } from '../rule-context.ts';

/** The values without which there is no record are there; the clear token is none. */
export const mandatoryValues: AnyRule = {
  name: 'mandatory-values',
  code: 'validateMandatoryValues',
  compile(context) {
    const columns = columnsOf(context.header.kind)
      .filter((contract) => contract.valueMandatory)
      .map((contract) => columnFor(context, contract.field))
      .filter((column): column is HeaderColumn => column !== null);
    return (row) => {
      for (const column of columns) {
        const cell = row.cells[column.position];
        if (cell === undefined || cell === null) refuse(row, { code: 'validateMandatoryValues', column });
      }
    };
  },
  accepted: [
    { row: { externalId: '0', firstName: 'A', lastName: '-' }, gives: { externalId: '0', firstName: 'A', lastName: '-' } },
    { kind: 'groups', row: { orgUnitId: '0', name: '-' }, gives: { externalId: '0', name: '-' } },
  ],
  refused: [
    { row: { externalId: '' }, column: 'externalId' },
    { row: { firstName: '' }, column: 'firstName' },
    { row: { lastName: ' \u00A0 ' }, column: 'lastName' },
    { row: { lastName: '#CLEAR' }, policy: { clearToken: '#CLEAR' }, column: 'lastName' },
    { kind: 'groups', row: { orgUnitId: '' }, column: 'orgUnitId' },
    { kind: 'groups', row: { name: '#CLEAR' }, policy: { clearToken: '#CLEAR' }, column: 'name' },
  ],
};
