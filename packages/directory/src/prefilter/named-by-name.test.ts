import { expect, test } from '@jest/globals';
import type { JobId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, type FileCells, type UserCells } from '../testing/company.ts';
import { dump } from '../testing/dump.ts';
import { revertJob } from '../testing/revert-job.ts';
import { faultsOf } from '../testing/soundness.ts';

const at = testDatabase();

const naming = (value: string): UserCells => ({ id: 'E2', groups: ['D1'], manager: { by: 'name', value } });

/** Files one after the other, with how many managers come and go by each. */
const steps: readonly (readonly [what: string, file: FileCells, managers: readonly [added: number, removed: number]])[] = [
  ['people whom nobody names', { groups: [{ id: 'D1' }], users: [{ id: 'E1' }, { id: 'E2' }] }, [0, 0]],
  ['somebody who was there is named', { users: [naming('First E1')] }, [1, 0]],
  ['somebody new bears the name', { users: [{ id: 'E3', lastName: 'E1' }] }, [0, 1]],
  ['no longer', { users: [{ id: 'E3', lastName: 'Other' }] }, [1, 0]],
  ['nobody is named any more', { users: [{ id: 'E2', groups: ['D1'], manager: null }] }, [0, 1]],
  ['somebody comes meanwhile', { users: [{ id: 'E4' }] }, [0, 0]],
  ['and is named', { users: [naming('First E4')] }, [1, 0]],
  ['somebody else comes and is named at once', { users: [naming('First E5'), { id: 'E5' }] }, [1, 1]],
];

test('people are found by their names from the first file on that names managers so', async () => {
  const { run, tenantId } = await company(at.db);
  for (const [what, file, [managersAdded, managersRemoved]] of steps) {
    const { changes } = await run(file);
    expect([what, changes]).toMatchObject([what, { managersAdded, managersRemoved }]);
    expect([what, ...faultsOf(await dump(at.db, tenantId))]).toEqual([what]);
  }
});

test('a revert that brings back the only such name finds whoever came meanwhile', async () => {
  const { run, tenantId } = await company(at.db);
  const jobs: JobId[] = [];
  for (const [, file] of steps.slice(0, 6)) jobs.push((await run(file)).jobId);
  const { changes } = await revertJob(at.db, tenantId, jobs[4]!);
  expect(changes).toMatchObject({ managersAdded: 1, managersRemoved: 0 });
  expect(faultsOf(await dump(at.db, tenantId))).toEqual([]);
});
