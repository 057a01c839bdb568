import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DirectoryUser, Job, Page } from '@rosterport/domain';
import { read } from './product/https-client.ts';
import { discard, settledJob, tell } from './product/operator.ts';
import { removeDataDir, startProduct, type Product } from './product/product.ts';
import { list, put, withSftp } from './product/sftp-client.ts';
import { until } from './product/until.ts';

let product: Product;

beforeAll(async () => {
  product = await startProduct({ env: { ROSTERPORT_DROP_SETTLE: '300ms' } });
  await tell(product, { method: 'POST', path: '/v1/admin/feeds', json: { name: 'weekly', source: 'files', mode: 'full' } });
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

/** So many people, numbered from 1 on. */
function people(count: number, lastName = 'Berg'): Buffer {
  const rows = Array.from({ length: count }, (_, index) => `F${index + 1};Ada;${lastName};f${index + 1}@folders.example`);
  return Buffer.from(['EmployeeID;FirstName;LastName;Email', ...rows, ''].join('\r\n'));
}

async function jobOf(fileName: string): Promise<Job> {
  const id = await until(`a job of ${fileName}`, async () => {
    const { items } = await read<Page<Job>>(product, '/v1/jobs?limit=1000');
    return items.find((job) => job.fileName === fileName)?.id;
  });
  return settledJob(product, id);
}

async function sent(path: string, bytes: Buffer): Promise<Job> {
  await withSftp(product, (sftp) => put(sftp, path, bytes));
  return jobOf(path.slice(path.lastIndexOf('/') + 1));
}

async function active(): Promise<number> {
  const { items } = await read<Page<DirectoryUser>>(product, '/v1/users?limit=1000&active=true');
  return items.filter(({ email }) => email?.endsWith('@folders.example')).length;
}

test('a file of a few changes that is dropped into /full is held, and harms nobody', async () => {
  expect(await sent('/full/all.csv', people(40))).toMatchObject({ state: 'applied', mode: 'full', counts: { created: 40 } });
  const wrong = await sent('/full/changes.csv', people(3, 'Dahl'));
  expect(wrong).toMatchObject({ state: 'held', mode: 'full', changes: { usersDeactivated: 37, usersUpdated: 3 } });
  expect(wrong.issues.map(({ code }) => code)).toEqual(expect.arrayContaining(['validateDeactivationShare', 'validateRowCount']));
  expect(await active()).toBe(40);
  await discard(product, wrong.id);
  expect(await sent('/delta/same-changes.csv', people(3, 'Dahl'))).toMatchObject({ state: 'applied', mode: 'delta', counts: { updated: 3 } });
  expect(await active()).toBe(40);
});

test('a file in /test tells what would happen, and changes nothing', async () => {
  expect(await sent('/test/look.csv', people(41))).toMatchObject({ state: 'previewed', dryRun: true, counts: { created: 1, updated: 3 } });
  expect(await active()).toBe(40);
});

test('a feed has folders of its own, over SFTP and in the drop folder', async () => {
  expect(await sent('/feeds/weekly/most.csv', people(39))).toMatchObject({ state: 'applied', feed: 'weekly', mode: 'full', changes: { usersDeactivated: 1 } });
  await withSftp(product, async (sftp) => {
    expect(await list(sftp, '/feeds')).toEqual(['default', 'weekly']);
    expect(await list(sftp, '/feeds/weekly/incoming')).toEqual(['most.csv']);
    expect((await list(sftp, '/feeds/weekly/receipts')).every((name) => name.startsWith('most.csv.'))).toBe(true);
  });
  const folder = join(product.dataDir, 'drop', 'demo', 'feeds', 'weekly', 'delta');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'one.csv'), people(1, 'Ek'));
  expect(await jobOf('one.csv')).toMatchObject({ state: 'applied', channel: 'drop-folder', feed: 'weekly', mode: 'delta', counts: { updated: 1 } });
  expect(await active()).toBe(39);
});
