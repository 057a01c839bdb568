import { describe, expect, test } from '@jest/globals';
import { splitIssues } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openFirm, rowsOf, type Firm } from '../testing/firm.ts';

const at = testDatabase();
const folder = temporaryFolder();
const full = { mode: 'full' } as const;

async function within(work: (firm: Firm) => Promise<void>): Promise<void> {
  const firm = await openFirm({ database: at.db, folder });
  try {
    await work(firm);
  } finally {
    await firm.close();
  }
}

/** Puts somebody into the directory whom no file brought. */
async function putPerson(firm: Firm, values: Readonly<Record<string, unknown>>): Promise<void> {
  await at.db.knex('users').insert({ tenant_id: firm.tenant.id, last_name: 'Hand', name_key: 'x', ...values });
}

describe('a full file', () => {
  test('deactivates whom it does not name, by absence, and nobody else', async () => {
    await within(async (firm) => {
      await putPerson(firm, { first_name: 'Hilda' });
      const other = '00000000-0000-4000-8000-000000000001';
      await putPerson(firm, { first_name: 'Olga', source_id: other, external_id: 'X1' });
      await firm.sendPeople(rowsOf(1, 12));
      await at.db.knex('users').where({ tenant_id: firm.tenant.id, external_id: 'E12' }).update({ administrator: true });
      const { job } = await firm.sendPeople([...rowsOf(1, 8), { id: 'E9', Active: '0' }], full);
      expect([job.state, job.changes.usersDeactivated, job.counts.deactivated]).toEqual(['applied', 3, 1]);
      expect(await firm.people()).toEqual(
        expect.arrayContaining(['E9 cell', 'E10 absence', 'E11 absence', 'E12', 'X1', 'Hilda']),
      );
      expect((await firm.people()).filter((person) => person.includes(' '))).toEqual(['E9 cell', 'E10 absence', 'E11 absence']);
      const gone = (await firm.changes(job)).filter((change) => change.action === 'deactivated');
      expect(Object.fromEntries(gone.map(({ externalId, row }) => [externalId, row]))).toEqual({ E9: 10, E10: null, E11: null });
    });
  });

  test('takes rows that are refused for presence', async () => {
    await within(async (firm) => {
      await firm.sendPeople(rowsOf(1, 4));
      const { job } = await firm.sendPeople([...rowsOf(1, 2), { id: 'E3', Email: 'no address' }, { id: 'E4', Email: firm.email('E1') }, { id: 'E4', Last: 'Other' }], full);
      expect([job.state, job.counts.rejected, job.changes.usersDeactivated]).toEqual(['applied', 4, 0]);
      expect(await firm.people()).toEqual(['E1', 'E2', 'E3', 'E4']);
    });
  });

  test('takes somebody for present whose e-mail stands in rows with other ids, though those are refused', async () => {
    await within(async (firm) => {
      await firm.sendPeople(rowsOf(1, 4));
      const { job } = await firm.sendPeople([...rowsOf(1, 3), { id: 'N1', Email: firm.email('E4') }, { id: 'N2', Email: firm.email('E4') }], full);
      expect([job.state, job.counts.rejected]).toEqual(['applied', 2]);
      expect(await firm.people()).toEqual(['E1', 'E2', 'E3', 'E4']);
    });
  });

  test('of groups alone deactivates nobody, and keeps and reports the groups that it leaves out', async () => {
    await within(async (firm) => {
      const groups = (...ids: readonly string[]): Buffer =>
        Buffer.from(['OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit', ...ids.map((id) => `${id};Group ${id};;;`), ''].join('\n'));
      await firm.sendPeople(rowsOf(1, 8));
      await firm.sendBytes('groups.csv', groups('D1', 'D2', 'D3'), full);
      const { job } = await firm.sendBytes('groups.csv', groups('D2'), full);
      expect([job.state, job.changes.usersDeactivated]).toEqual(['applied', 0]);
      expect(splitIssues(job.issues).file.map(({ code, found }) => [code, found])).toEqual([['validateNoAbsentGroups', 'D1, D3']]);
      expect((await firm.directory()).groups).toHaveLength(3);
      expect(await firm.people()).toHaveLength(8);
    });
  });

  test('of people says nothing about groups', async () => {
    await within(async (firm) => {
      await firm.sendPeople(rowsOf(1, 4, { Department: 'D1' }));
      const { job } = await firm.sendPeople(rowsOf(1, 4, { Department: 'D2' }), full);
      expect(splitIssues(job.issues).file).toEqual([]);
    });
  });

  test('is the same as a delta where it names everybody', async () => {
    await within(async (firm) => {
      await firm.sendPeople(rowsOf(1, 6));
      const { job } = await firm.sendPeople(rowsOf(1, 6), full);
      expect([job.state, job.counts.unchanged, Object.values(job.changes).every((count) => count === 0)]).toEqual(['applied', 6, true]);
    });
  });
});

test('a delta deactivates nobody by absence', async () => {
  await within(async (firm) => {
    await firm.sendPeople(rowsOf(1, 6));
    await firm.sendPeople(rowsOf(1, 1), { mode: 'delta' });
    expect(await firm.people()).toEqual(['E1', 'E2', 'E3', 'E4', 'E5', 'E6']);
  });
});

describe('somebody who was absent', () => {
  const absent = async (firm: Firm): Promise<void> => {
    await firm.sendPeople(rowsOf(1, 6));
    await firm.sendPeople(rowsOf(1, 5), full);
    expect((await firm.people()).at(-1)).toBe('E6 absence');
  };

  test.each([
    ['comes back with an empty cell', '', 'E6', 'reactivated'],
    ['comes back with a 1', '1', 'E6', 'reactivated'],
    ['stays with a 0, now by that cell', '0', 'E6 cell', 'updated'],
  ])('%s', async (_what, cell, shown, result) => {
    await within(async (firm) => {
      await absent(firm);
      const { rows } = await firm.sendPeople([{ id: 'E6', Active: cell }]);
      expect([rows[0]?.result, (await firm.people()).at(-1)]).toEqual([result, shown]);
    });
  });

  test('does not come back with an empty cell once a cell has said 0', async () => {
    await within(async (firm) => {
      await absent(firm);
      await firm.sendPeople([{ id: 'E6', Active: '0' }]);
      const { rows } = await firm.sendPeople(rowsOf(1, 6), full);
      expect([rows[5]?.result, (await firm.people()).at(-1)]).toEqual(['unchanged', 'E6 cell']);
    });
  });
});
