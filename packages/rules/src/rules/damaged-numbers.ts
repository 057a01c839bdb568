import type { AnyField } from '@rosterport/domain';
import { report } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';

/** The fields in which a lost zero or digit names somebody else. */
const numbered: ReadonlySet<AnyField | null> = new Set<AnyField>([
  'externalId',
  'phoneNumber',
  'groupId',
  'managerId',
  'orgUnitId',
  'responsibleManager',
  'parentOrgUnit',
]);

/** An id or phone number was not kept as a number, or at least lost nothing by it. */
export const damagedNumbers: AnyRule = {
  name: 'damaged-numbers',
  code: 'validateNoDamagedNumbers',
  compile({ header }) {
    const columns = header.columns.filter((column) => numbered.has(column.field));
    return (row) => {
      const { damaged } = row.raw;
      if (damaged === undefined) return;
      for (const column of columns) {
        if (!damaged.includes(column.position) || row.cells[column.position] === undefined) continue;
        report(row, { code: 'validateNoDamagedNumbers', column });
      }
    };
  },
  accepted: [
    { row: { externalId: '12345678901234567' } },
    { row: { firstName: '1', Height: '1.85' }, damaged: ['firstName', 'Height'] },
    { row: { managerId: '' }, damaged: ['managerId'] },
  ],
  refused: [
    { row: { externalId: '12345678901234600' }, damaged: ['externalId'], column: 'externalId' },
    { row: { phoneNumber: '+46701234567' }, damaged: ['phoneNumber'], column: 'phoneNumber' },
    { row: { managerId: '17' }, damaged: ['managerId'], column: 'managerId' },
    { row: { groupId: ['SALES', '1'] }, damaged: ['groupId'], column: 'groupId' },
    { kind: 'groups', row: { orgUnitId: '1' }, damaged: ['orgUnitId'], column: 'orgUnitId' },
    { kind: 'groups', row: { responsibleManager: '1' }, damaged: ['responsibleManager'], column: 'responsibleManager' },
    { kind: 'groups', row: { parentOrgUnit: '1' }, damaged: ['parentOrgUnit'], column: 'parentOrgUnit' },
  ],
};
