import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Job, RecordChange } from '@rosterport/domain';
import exceljs from 'exceljs';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { call, directoryOf, rowsOf } from '../product/https-client.ts';
import { breachesOf, changesOf, refusalOf } from '../product/operator.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { crew, peopleFile } from './people.ts';

const at = sharedProduct();
let folder: string;
let before: unknown;
let ledger: readonly string[];

const file = peopleFile([{ id: 'E1', last: 'Married' }, { id: 'E2', Active: '0' }, { id: 'E3', City: 'Lund', 'Group memberships': 'G1' }, { id: 'N1' }, { id: 'E4', Language: 'swedish' }]);

/** Everything that a file could change, row by row with the transaction that wrote it, so that even an equal value would show. */
async function everything(): Promise<readonly string[]> {
  const tables = ['users', 'groups', 'memberships', 'manager_facts', 'attribute_definitions', 'claims', 'journal'];
  const lines = tables.map((table) => `select '${table} ' || t.xmin || ' ' || to_jsonb(t)::text as line from ${table} t`);
  const { rows } = await at.database.pool.query<{ line: string }>(`${lines.join(' union all ')} order by 1`);
  return rows.map(({ line }) => line);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rosterport-dry-run-'));
  await sendOverHttps(at.product, { bytes: peopleFile(crew(12)) });
  before = await directoryOf(at.product);
  ledger = await everything();
});
afterAll(() => rm(folder, { recursive: true }));

/** The job tells all of it, and nothing of it has happened. */
async function seePreview(job: Job): Promise<void> {
  expect(job).toMatchObject({
    ...{ state: 'previewed', dryRun: true, revertedBy: null, failure: null },
    counts: { created: 1, updated: 2, deactivated: 1, rejected: 1 },
    changes: { usersCreated: 1, usersUpdated: 2, usersDeactivated: 1, groupsCreated: 1, membershipsAdded: 1, attributesDefined: 1 },
  });
  expect((await rowsOf(at.product, job.id)).map(({ row, result }) => [row, result])).toEqual([[2, 'updated'], [3, 'deactivated'], [4, 'updated'], [5, 'created'], [6, 'rejected']]);
  expect([await directoryOf(at.product), await everything()]).toEqual([before, ledger]);
}

test('a file in the folder test is reported in full and changes nothing', async () => {
  const job = await sendOverSftp(at.product, '/test/users.csv', file);
  await seePreview(job);
  const changes = await changesOf(at.product, job.id);
  expect(changes.filter(({ kind }) => kind === 'user').map(({ action, externalId, row }) => [action, externalId, row]).toSorted()).toEqual([
    ['created', 'N1', 5],
    ['deactivated', 'E2', 3],
    ['updated', 'E1', 2],
    ['updated', 'E3', 4],
  ]);
  const married = changes.find(({ externalId }) => externalId === 'E1');
  expect(married?.values).toEqual([{ field: 'lastName', before: 'Last E1', after: 'Married' }]);
  expect(changes.find(({ externalId }) => externalId === 'E3')).toMatchObject({
    values: [{ field: 'attributes.City', before: null, after: 'Lund' }],
    links: [{ kind: 'membership', change: 'added', group: { externalId: 'G1' } }],
  });
  expect(await refusalOf(at.product, { method: 'POST', path: `/v1/jobs/${job.id}/revert` })).toEqual([409, 'jobNotApplied']);
});

test('a request may ask for it, and every form of the report tells of it', async () => {
  const job = await sendOverHttps(at.product, { bytes: file, query: 'dryRun=true' });
  await seePreview(job);
  const { reportToken: token } = at.product.facts;
  const report = async (format: string): Promise<Buffer> => (await call(at.product, { path: `/v1/jobs/${job.id}/report?format=${format}`, token })).body;
  const { changes } = JSON.parse((await report('json')).toString()) as { changes: RecordChange[] };
  expect(changes).toEqual(await changesOf(at.product, job.id));
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load((await report('xlsx')) as unknown as exceljs.Buffer);
  const cells: string[] = [];
  workbook.getWorksheet('Changes')?.eachRow((line) => line.eachCell((cell) => cells.push(cell.text)));
  expect(cells).toEqual(expect.arrayContaining(['E1', 'Last E1', 'Married']));
});

test('so may the command line, which shows values before and after', async () => {
  const path = join(folder, 'users.csv');
  await writeFile(path, file);
  const [job] = await sentDry(path);
  expect(job).toBeDefined();
  if (job !== undefined) await seePreview(job);
  const { out, code } = await rosterport(at.product.dataDir, ['send', '--dry-run', path]);
  expect(code).toBe(1);
  for (const words of ['would be created', 'Last E1 -> Married', '(E2) would be deactivated']) expect(out).toContain(words);
});

test('the guards that would hold the file are told', async () => {
  const path = join(folder, 'few.csv');
  await writeFile(path, peopleFile(crew(2)));
  const [job] = await sentDry(path, '--mode', 'full');
  expect(job === undefined ? null : [job.state, job.mode, breachesOf(job), job.changes.usersDeactivated]).toEqual(['previewed', 'full', ['validateDeactivationShare'], 10]);
  expect(await everything()).toEqual(ledger);
});

async function sentDry(path: string, ...options: string[]): Promise<readonly Job[]> {
  const { out } = await rosterport(at.product.dataDir, ['send', '--dry-run', ...options, path, '--json']);
  return JSON.parse(out) as Job[];
}

test('the file itself applies afterwards, as the dry run said', async () => {
  const job = await sendOverHttps(at.product, { bytes: file });
  expect(job).toMatchObject({ state: 'applied', counts: { created: 1, updated: 2, deactivated: 1, rejected: 1 } });
  const told = await rosterportJson<RecordChange[]>(at.product.dataDir, ['changes', job.id, '--action', 'updated']);
  expect(told.map(({ externalId }) => externalId).toSorted()).toEqual(['E1', 'E3']);
});
