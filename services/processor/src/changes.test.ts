import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { allChanges } from '@rosterport/directory';
import type { JobId, RecordChange } from '@rosterport/domain';
import { approveJob, revertJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openIngest, type Ingest } from './testing/ingest.ts';

const at = testDatabase();
const folder = temporaryFolder();
let ingest: Ingest;

const header = 'Employee ID;First Name;Last Name;Email;Active;Group Name;Employee ManagerID;City';
const people = Array.from({ length: 20 }, (_, n) => `E${n};Ada;Berg${n};ada.${n}@example.com;1;Sales;E0;Lund`);
const later = [
  ...people.slice(0, 10).map((line) => line.replace(';1;', ';0;')),
  ...people.slice(10, 15).map((line) => line.replace(';Sales;E0;Lund', ';North;E11;Oslo')),
  'N1;New;Person;new@example.com;1;North;N1;Oslo',
];

beforeAll(async () => {
  ingest = await openIngest({ database: at.db, folder });
});

afterAll(() => ingest.close());

async function changes(jobId: JobId, source: 'journal' | 'planned'): Promise<readonly RecordChange[]> {
  const all: RecordChange[] = [];
  for await (const change of allChanges(at.db, { tenantId: ingest.tenant.id, jobId, source })) all.push(change);
  return all;
}

/** What a plan and the journal of its work have in common: records that are made get their ids anew each time. */
function comparable(all: readonly RecordChange[]): readonly string[] {
  return all
    .map(({ id: _id, links, ...change }) => JSON.stringify({ ...change, links: links.map(({ group, ...link }) => ({ ...link, group: group.name })).map((link) => JSON.stringify(link)).sort() }))
    .sort();
}

function bytes(lines: readonly string[]): Buffer {
  return Buffer.from([header, ...lines, ''].join('\n'));
}

test('what a held job and a dry run tell is what is done after approval, and the revert tells the way back', async () => {
  await ingest.sendBytes('users.csv', bytes(people));
  const dry = await ingest.sendBytes('users.csv', bytes(later), { dryRun: true });
  const { job: held } = await ingest.sendBytes('users.csv', bytes(later));
  expect([dry.job.state, held.state]).toEqual(['previewed', 'held']);
  const planned = await changes(held.id, 'planned');
  expect(comparable(await changes(dry.job.id, 'planned'))).toEqual(comparable(planned));
  expect(await changes(held.id, 'journal')).toEqual([]);

  const by = { tenantId: ingest.tenant.id, jobId: held.id, credentialId: null };
  await approveJob(at.db, { ...by, fingerprint: held.fingerprint ?? '' });
  expect((await ingest.settle(held.id)).job.state).toBe('applied');
  const done = await changes(held.id, 'journal');
  expect(comparable(done)).toEqual(comparable(planned));
  const counted = (kind: RecordChange['kind'], action: RecordChange['action']) => done.filter((one) => one.kind === kind && one.action === action).length;
  expect([counted('user', 'deactivated'), counted('user', 'updated'), counted('user', 'created'), counted('group', 'created')]).toEqual([10, 5, 1, 1]);

  const { id } = await revertJob(at.db, by);
  expect((await ingest.settle(id)).job.state).toBe('applied');
  const undone = await changes(id, 'journal');
  const back = { created: 'removed', deactivated: 'reactivated', updated: 'updated' } as Readonly<Record<string, string>>;
  const acts = (all: readonly RecordChange[], how: (action: string) => string) => all.map(({ kind, id: record, action }) => `${kind} ${record} ${how(action)}`).sort();
  expect(acts(undone, (action) => action)).toEqual(acts(done, (action) => back[action] ?? action));
  for (const { values, id: record, kind } of undone.filter(({ action }) => action === 'updated')) {
    const before = done.find((one) => one.id === record && one.kind === kind)?.values ?? [];
    const turned = before.map(({ field, before: old, after }) => ({ field, before: after, after: old }));
    expect([...values].sort(byField)).toEqual([...turned].sort(byField));
  }
  expect(undone.find(({ action }) => action === 'removed')).toMatchObject({ name: 'New Person', externalId: 'N1' });
});

function byField(one: { readonly field: string }, other: { readonly field: string }): number {
  return one.field < other.field ? -1 : 1;
}
