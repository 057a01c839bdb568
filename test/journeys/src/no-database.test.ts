import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEmbedded, type Embedded } from '@rosterport/database';
import type { Job, Page } from '@rosterport/domain';
import { fixturePath } from '@rosterport/fixtures';
import { rosterportJson } from './product/command-line.ts';
import { openForwarder, type Forwarder } from './product/forwarder.ts';
import { call, directoryOf, finishedJob, read, uploadFile, type Answer } from './product/https-client.ts';
import { newDataDir, removeDataDir, startProduct, type Product } from './product/product.ts';
import { put, withSftp } from './product/sftp-client.ts';
import { until } from './product/until.ts';

/** The customer's own PostgreSQL, behind an address that stays. */
const folder = newDataDir();
let server: Embedded;
let address: Forwarder;
let product: Product;
let url: string;

async function startDatabase(): Promise<void> {
  server = await startEmbedded({ folder: join(folder, 'customer'), log: () => undefined });
  address.leadTo(Number(new URL(server.url).port));
}

beforeAll(async () => {
  address = await openForwarder();
  await startDatabase();
  url = Object.assign(new URL(server.url), { port: String(address.port) }).href;
  product = await startProduct({ env: { DATABASE_URL: url } });
});
afterAll(async () => {
  await product.stop();
  await address.close();
  await server.stop();
  await removeDataDir(product.dataDir);
  await removeDataDir(folder);
});

const ready = async (): Promise<{ status: number; database: boolean | undefined }> => {
  const { status, body } = await call(product, { path: '/readyz' });
  const { parts } = JSON.parse(body.toString()) as { parts: Readonly<Record<string, boolean>> };
  return { status, database: parts['database'] };
};

const idIn = ({ headers }: Answer): string => String(headers['location']).replace('/v1/jobs/', '');

/** Everything that is listed when it can be read again, oldest first. */
async function allJobs(count: number): Promise<readonly Job[]> {
  const items = await until(`${count} jobs`, async () => {
    const { status, body } = await call(product, { path: '/v1/jobs', token: product.facts.reportToken });
    const page = status === 200 ? (JSON.parse(body.toString()) as Page<Job>) : { items: [] };
    return page.items.length >= count && page.items;
  });
  return Promise.all(items.toReversed().map(({ id }) => finishedJob(product, id)));
}

test('while the database is away files are accepted through both doors, and become jobs once it is back', async () => {
  const users = await readFile(fixturePath('cases/minimal-users/users.csv'));
  const person = (id: string): Buffer => Buffer.from(`Employee ID;First Name;Last Name;Email;PhoneNumber(Optional)\n${id};Nia;Odd;${id}@example.com;\n`);
  const first = await uploadFile(product, { fileName: 'before.csv', bytes: users });
  await finishedJob(product, idIn(first));
  await read(product, '/v1/jobs');
  expect(await ready()).toEqual({ status: 200, database: true });
  const unused = await rosterportJson<{ token: string }>(product.dataDir, ['token', 'issue', '--tenant', 'demo'], { DATABASE_URL: url });

  await server.stop();
  expect(await ready()).toEqual({ status: 503, database: false });
  expect(await call(product, { path: '/healthz' })).toMatchObject({ status: 200 });
  const raw = await uploadFile(product, { fileName: 'https.csv', bytes: person('away-1'), path: '/v1/files' });
  expect(raw.status).toBe(202);
  expect(JSON.parse(raw.body.toString())).toEqual({ id: idIn(raw), state: 'staged' });
  const seedStyle = await uploadFile(product, { fileName: 'upload-file.csv', bytes: person('away-2') });
  expect(seedStyle.status).toBe(200);
  await withSftp(product, (sftp) => put(sftp, '/incoming/sftp.csv', person('away-3')));
  // Nobody can tell whether that token is good, so nobody says that it is bad.
  expect(await uploadFile(product, { fileName: 'unused.csv', bytes: users, path: '/v1/files', token: unused.token })).toMatchObject({ status: 503 });
  expect(await call(product, { path: '/v1/jobs', token: product.facts.reportToken })).toMatchObject({ status: 503 });

  await startDatabase();
  const jobs = await allJobs(4);
  expect(await ready()).toEqual({ status: 200, database: true });
  expect(jobs.map(({ fileName, state, counts }) => [fileName, state, counts.created])).toEqual([
    ['before.csv', 'applied', 2],
    ['https.csv', 'applied', 1],
    ['upload-file.csv', 'applied', 1],
    ['sftp.csv', 'applied', 1],
  ]);
  expect(jobs.slice(0, 3).map(({ id }) => id)).toEqual([first, raw, seedStyle].map(idIn));
  const { users: people } = await directoryOf(product);
  expect(people.map(({ externalId }) => externalId).sort()).toEqual(['E1', 'E2', 'away-1', 'away-2', 'away-3']);
  expect(product.process.exitCode).toBeNull();
}, 120_000);
