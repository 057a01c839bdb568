import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import type { Erasure, Job, TenantEvent, UserHistory } from '@rosterport/domain';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { call, read, readAll, rowsOf } from '../product/https-client.ts';
import { refusalOf, revert } from '../product/operator.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { get, list, withSftp } from '../product/sftp-client.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';
import { crew, peopleFile, peopleOf, personOf } from './people.ts';

const at = sharedProduct();
beforeEach(() => emptied(at.database));

/** Each value that the person has, with the file and row that set it, or who did by hand. */
async function originsOf(externalId: string): Promise<Readonly<Record<string, unknown>>> {
  const { values } = await rosterportJson<UserHistory>(at.product.dataDir, ['user', 'history', externalId]);
  return Object.fromEntries(
    values.flatMap(({ field, origin }) => (origin === null ? [] : [[field, origin.job === null ? origin.by : `${origin.job.kind} ${origin.job.fileName} ${origin.row}`]])),
  );
}

test('every value tells which job, file and row set it, and when', async () => {
  const first = await sendOverSftp(at.product, '/first.csv', peopleFile(crew(3, { City: 'Lund', 'Group memberships': 'G1' })));
  const second = await sendOverHttps(at.product, { fileName: 'second.csv', bytes: peopleFile([{ id: 'E2', last: 'Married', City: '' }]) });
  expect(await originsOf('E2')).toMatchObject({
    firstName: 'file first.csv 3',
    lastName: 'file second.csv 2',
    'attributes.City': 'file first.csv 3',
    group: 'file first.csv 3',
  });
  const { id } = await personOf(at.product, 'E2');
  const { items } = await read<{ items: { at: string; job: { id: string }; values: unknown[] }[] }>(at.product, `/v1/users/${id}/history`);
  expect(items.map(({ job }) => job.id)).toEqual([second.id, first.id]);
  expect(items[0]).toMatchObject({ values: [{ field: 'lastName', before: 'Last E2', after: 'Married' }] });
  for (const { at: moment } of items) expect(Date.parse(moment)).toBeGreaterThanOrEqual(Date.parse(first.receivedAt));

  await revert(at.product, second.id);
  const { code, out } = await rosterport(at.product.dataDir, ['user', 'history', 'E2']);
  expect(code).toBe(0);
  expect(out).toContain(`revert of second.csv (${String((await read<Job>(at.product, `/v1/jobs/${second.id}`)).revertedBy)})`);
  expect((await originsOf('E2'))['lastName']).toMatch(/^revert second.csv/);
});

test('a value that was set by hand tells by whom', async () => {
  const made = await rosterportJson<{ id: string }>(at.product.dataDir, ['user', 'add', '--first-name', 'Hanna', '--last-name', 'Hand', '--email', 'hanna@example.com']);
  expect(await originsOf(`id:${made.id}`)).toMatchObject({ firstName: 'first run: operator', email: 'first run: operator' });
});

/** Distinct words of one person, as they stand in files, and as they are kept. */
const secret = { id: 'XQ77', first: 'Zyphora', last: 'Quellwind', email: 'zyphora@quellwind.example', PhoneNumber: '+46 70 174 06 05', City: 'Vexholm' };
const words = ['XQ77', 'Zyphora', 'Quellwind', 'zyphora@quellwind', '701740605', 'Vexholm'];

/** The words of the person that are still found in any table, or any file below the data folder that is not the server's own. */
async function traces(): Promise<readonly string[]> {
  const { rows: tables } = await at.database.pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = current_schema()`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await at.database.pool.query<{ line: string }>(`select to_jsonb(t)::text as line from ${name} t`);
    texts.push(...rows.map(({ line }) => `${name} ${line}`));
  }
  const staging = join(at.product.dataDir, 'staging');
  for (const entry of await readdir(staging, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) texts.push(`${entry.name} ${(await readFile(join(entry.parentPath, entry.name))).toString('latin1')}`);
  }
  return texts.filter((text) => words.some((word) => text.includes(word)));
}

test('erasing a person leaves no value anywhere, keeps the numbers, and is an event', async () => {
  const kept = await sendOverHttps(at.product, { fileName: 'others.csv', bytes: peopleFile(crew(6)) });
  const first = await sendOverSftp(at.product, '/staff.csv', peopleFile([...crew(6), secret]));
  const second = await sendOverHttps(at.product, { fileName: 'staff2.csv', bytes: peopleFile([{ ...secret, last: 'Quellwind-Holm', Language: 'swedish' }, { id: 'E1', 'Group memberships': 'G1', 'Employee ManagerID': secret.id }]) });
  await sendOverHttps(at.product, { fileName: 'staff3.csv', bytes: peopleFile([{ ...secret, City: 'Vexholm North' }]), query: 'dryRun=true' });
  expect(await traces()).not.toEqual([]);
  const { id } = await personOf(at.product, secret.id);

  const path = `/v1/users/${id}`;
  expect(await refusalOf(at.product, { method: 'DELETE', path: `${path}?confirm=E1` })).toEqual([400, 'erasureUnconfirmed']);
  expect(await refusalOf(at.product, { method: 'DELETE', path: `${path}?confirm=${secret.id}`, token: at.product.facts.reportToken })).toEqual([403, 'scopeMissing']);
  expect((await rosterport(at.product.dataDir, ['user', 'erase', secret.id])).err).toContain('--yes');
  const erasure = await rosterportJson<Erasure>(at.product.dataDir, ['user', 'erase', secret.id, '--yes']);
  expect(erasure.files).toHaveLength(3);
  expect(erasure.files).not.toContain(kept.id);
  expect(await traces()).toEqual([]);

  expect(await peopleOf(at.product)).toEqual(crew(6).map((row) => row.id));
  for (const job of [first, second]) {
    const now = await read<Job>(at.product, `/v1/jobs/${job.id}`);
    expect([now.state, now.counts, now.changes]).toEqual([job.state, job.counts, job.changes]);
    expect(now.removed.file).not.toBeNull();
  }
  expect((await rowsOf(at.product, kept.id)).map(({ externalId }) => externalId)).toEqual(crew(6).map((row) => row.id));
  const [event] = await readAll<TenantEvent>(at.product, '/v1/events?kind=personErased');
  expect(event).toMatchObject({ by: 'first run: operator' });
  // What can still be downloaded is clean too.
  const downloads = [first, second].map(async ({ id: job }) =>
    (await Promise.all(['json', 'csv'].map((format) => call(at.product, { path: `/v1/jobs/${job}/report?format=${format}`, token: at.product.facts.reportToken })))).map(({ body }) => body.toString()).join(''),
  );
  const receipts = await withSftp(at.product, async (sftp) => {
    const texts: string[] = [];
    for (const name of await list(sftp, '/receipts')) texts.push((await get(sftp, `/receipts/${name}`)).toString());
    return texts.join('');
  });
  const shown = [...(await Promise.all(downloads)), receipts, at.product.log()].join('');
  expect(words.filter((word) => shown.includes(word))).toEqual([]);

  // Whoever is named by a later file is made anew.
  expect(await sendOverHttps(at.product, { bytes: peopleFile([secret]) })).toMatchObject({ state: 'applied', changes: { usersCreated: 1 } });
});

test('nobody is erased while a job that waits for a decision names them', async () => {
  await sendOverHttps(at.product, { bytes: peopleFile(crew(20)) });
  const held = await sendOverSftp(at.product, '/full/few.csv', peopleFile(crew(3)));
  const { id } = await personOf(at.product, 'E1');
  expect(held.state).toBe('held');
  expect(await refusalOf(at.product, { method: 'DELETE', path: `/v1/users/${id}?confirm=E1` })).toEqual([409, 'personInOpenJob']);
  expect(await peopleOf(at.product)).toHaveLength(20);
});
