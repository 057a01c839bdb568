import { expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import type { CheckedRow, UserRecord } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { openWork } from './open-work.ts';
import { stageUsers, type StagedRows } from './stage-rows.ts';

const at = testDatabase();

const person: UserRecord = {
  ...{ externalId: 'E1', firstName: 'Åsa', lastName: 'Berg', email: 'Asa@x.example', phone: '+46701234567', isManager: true, active: true, language: 'sv' },
  groups: [{ by: 'name', value: 'Sales' }],
  manager: { by: 'name', value: 'Bo Ek' },
  attributes: { City: 'Lund' },
};

const odd = 'a\\b\tc\nd\re\\N';

function rowOf(record: Partial<UserRecord>): CheckedRow<UserRecord> {
  const whole = { ...person, ...record };
  return { sheet: null, row: 2, externalId: whole.externalId, issues: [], record: whole };
}

/** What the work table holds of the row. */
async function staged(row: CheckedRow<UserRecord>): Promise<Record<string, unknown> | undefined> {
  return withClient(at.db, async (client) => {
    await client.query('begin');
    await openWork(client);
    // eslint-disable-next-line @typescript-eslint/require-await -- staging takes rows as they come
    const rows = async function* (): StagedRows<UserRecord> {
      yield [{ ordinal: 1, row }];
    };
    expect(await stageUsers(client, rows())).toBe(1);
    const found = await client.query<Record<string, unknown>>('select * from in_users');
    await client.query('rollback');
    return found.rows[0];
  });
}

test.each<readonly [what: string, record: Partial<UserRecord>, kept: Readonly<Record<string, unknown>>]>([
  ['as they are', {}, { external_id: 'E1', first_name: 'Åsa', last_name: 'Berg', name_key: 'åsa berg', email: 'Asa@x.example', email_key: 'asa@x.example', phone: '+46701234567' }],
  ['with the rest', {}, { is_manager: true, active: true, language: 'sv', attributes: { City: 'Lund' }, groups: [['name', 'Sales', 'sales', 'sales']], manager_by: 'name', manager_ref: 'Bo Ek', manager_key: 'bo ek', clears: null }],
  ['with a name that must be escaped', { firstName: odd, lastName: '\\N' }, { first_name: odd, last_name: '\\N', name_key: 'a\\b c d e\\n \\n' }],
  ['with other texts that must be escaped', { externalId: odd, email: '\\N', manager: { by: 'name', value: odd } }, { external_id: odd, email: '\\N', email_key: '\\n', manager_ref: odd, manager_key: 'a\\b c d e\\n' }],
  ['with values and groups that must be escaped', { attributes: { [odd]: odd }, groups: [{ by: 'id', value: odd }] }, { attributes: { [odd]: odd }, groups: [['id', odd, odd, 'a\\b c d e\\n']] }],
  ['with an empty name, whose column is in doubt', { firstName: '' }, { first_name: '', last_name: 'Berg', name_key: null }],
  ['that leave things', { email: undefined, phone: undefined, isManager: undefined, groups: undefined, manager: undefined }, { email: null, email_key: null, phone: null, is_manager: null, groups: null, manager_by: null, manager_key: null, clears: null }],
  ['that clear things', { email: null, phone: null, isManager: null, language: null, manager: null }, { email: null, phone: null, clears: ['email', 'phone', 'isManager', 'language', 'manager'] }],
])('rows are staged %s', async (_what, record, kept) => {
  expect(await staged(rowOf(record))).toMatchObject(kept);
});
