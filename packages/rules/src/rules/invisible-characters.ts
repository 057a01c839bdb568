import { cleanText, readCell } from '../cell.ts';
import { spelledOut, unseenIn, withoutUnseen } from '../invisible-characters.ts';
import { isOrdinary } from '../ordinary-text.ts';
import { report } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';

/**
 * What looks the same is the same: ids, addresses and names are compared and kept without characters that cannot be seen.
 * Asked first, so that all other rules judge the text that is kept.
 */
export const invisibleCharacters: AnyRule = {
  name: 'invisible-characters',
  code: 'validateNoInvisibleCharacters',
  compile({ header, policy }) {
    const clearToken = policy.clearToken === null ? null : cleanText(policy.clearToken);
    const columns = header.columns.flatMap((column) => {
      const unseen = unseenIn(column.field);
      return unseen === null ? [] : [{ column, unseen }];
    });
    return (row) => {
      if (row.isOrdinary) return;
      for (const { column, unseen } of columns) {
        const cell = row.cells[column.position];
        if (typeof cell !== 'string' || isOrdinary(cell)) continue;
        const seen = withoutUnseen(cell, unseen);
        if (seen === cell) continue;
        report(row, { code: 'validateNoInvisibleCharacters', column, found: spelledOut(cell, unseen) });
        row.cells[column.position] = readCell(seen, clearToken);
      }
    };
  },
  accepted: [
    { row: { externalId: '\u00A0E1\u3000' }, gives: { externalId: 'E1' } },
    { row: { firstName: 'می\u200Cخواهم', lastName: 'क्\u200Dष' }, gives: { firstName: 'می\u200Cخواهم', lastName: 'क्\u200Dष' } },
    { row: { firstName: '👩\u200D🚀', lastName: '葛\u{E0100}' }, gives: { firstName: '👩\u200D🚀', lastName: '葛\u{E0100}' } },
    { row: { groupName: '営業\u3000部' }, gives: { groups: [{ by: 'name', value: '営業\u3000部' }] } },
    { row: { Note: 'one\u00A0two\u200B' }, gives: { attributes: { Note: 'one\u00A0two\u200B' } } },
    { kind: 'groups', row: { description: 'a\u00A0b' }, gives: { description: 'a\u00A0b' } },
  ],
  refused: [
    { row: { externalId: 'E1\u200B' }, column: 'externalId', gives: { externalId: 'E1' } },
    { row: { externalId: '\uFEFF\u202EE\u00AD1\u202C' }, column: 'externalId', gives: { externalId: 'E1' } },
    { row: { externalId: '\u200B\u00A0E\u00A01 \u2060' }, column: 'externalId', gives: { externalId: 'E 1' } },
    { row: { externalId: 'E\u200C1\uFE0F' }, column: 'externalId', gives: { externalId: 'E1' } },
    { row: { email: 'ada@exam\u200Bple.com\u200F' }, column: 'email', gives: { email: 'ada@example.com' } },
    { row: { phoneNumber: '\u202A+46\u00A070\u00A0123 45 67\u202C' }, column: 'phoneNumber', gives: { phone: '+46701234567' } },
    { row: { lastName: 'Berg\u200E' }, column: 'lastName', gives: { lastName: 'Berg' } },
    { row: { firstName: 'Anna\u00A0Maria' }, column: 'firstName', gives: { firstName: 'Anna Maria' } },
    { row: { groupId: ['A\u2066', 'A'] }, column: 'groupId', gives: { groups: [{ by: 'id', value: 'A' }] } },
    { row: { groupId: '\u200B' }, column: 'groupId', gives: { groups: undefined } },
    { row: { managerId: 'E2\u2069' }, column: 'managerId', gives: { manager: { by: 'id', value: 'E2' } } },
    { row: { language: '\u200Bsv' }, column: 'language', gives: { language: 'sv' } },
    { row: { active: '1\u200D' }, column: 'active', gives: { active: true } },
    { row: { language: '#CLEAR\u200B' }, policy: { clearToken: '#CLEAR' }, column: 'language', gives: { language: null } },
    { kind: 'groups', row: { orgUnitId: '\u061CDEP\u00AD_1' }, column: 'orgUnitId', gives: { externalId: 'DEP_1' } },
    { kind: 'groups', row: { name: 'Sales\u00A0team' }, column: 'name', gives: { name: 'Sales team' } },
    { kind: 'groups', row: { parentOrgUnit: 'DEP_2\u200B' }, column: 'parentOrgUnit', gives: { parent: 'DEP_2' } },
  ],
};
