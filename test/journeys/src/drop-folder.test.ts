import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Job, Page } from '@rosterport/domain';
import { fixturePath } from '@rosterport/fixtures';
import { finishedJob, read } from './product/https-client.ts';
import { removeDataDir, startProduct, type Product } from './product/product.ts';
import { until } from './product/until.ts';

const limit = 20_000;
const env = { ROSTERPORT_FILE_LIMIT: String(limit), ROSTERPORT_DROP_SETTLE: '300ms' };
let product: Product;
const dropped = (...names: string[]): string => join(product.dataDir, 'drop', 'demo', ...names);

beforeAll(async () => {
  product = await startProduct({ env });
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

const clean = (): Promise<Buffer> => readFile(fixturePath('cases/minimal-users/users.csv'));

/** The one job of that file, once it has ended and the file is gone. */
async function jobOf(fileName: string): Promise<Job> {
  const id = await until(`a job of ${fileName}`, async () => (await jobsOf(fileName))[0]?.id);
  await until(`${fileName} is gone`, async () => !(await readdir(dropped())).includes(fileName));
  return finishedJob(product, id);
}

async function jobsOf(fileName: string): Promise<readonly Job[]> {
  const { items } = await read<Page<Job>>(product, '/v1/jobs?limit=1000');
  return items.filter((job) => job.fileName === fileName);
}

test('a dropped file becomes one job and disappears', async () => {
  await writeFile(dropped('users.csv'), await clean());
  expect(await jobOf('users.csv')).toMatchObject({ state: 'applied', channel: 'drop-folder', counts: { created: 2 } });
});

test('a file under a temporary name is left alone until it is renamed', async () => {
  await writeFile(dropped('copy.csv.part'), await clean());
  await writeFile(dropped('beside.csv'), await clean());
  await jobOf('beside.csv');
  expect(await readdir(dropped())).toContain('copy.csv.part');
  await rename(dropped('copy.csv.part'), dropped('copy.csv'));
  expect(await jobOf('copy.csv')).toMatchObject({ state: 'applied', counts: { unchanged: 2 } });
  expect(await jobsOf('copy.csv.part')).toEqual([]);
});

test('a file that no contract allows becomes a rejected job', async () => {
  await writeFile(dropped('comma.csv'), await readFile(fixturePath('bad/comma.csv')));
  const job = await jobOf('comma.csv');
  expect(job.state).toBe('rejected');
  expect(job.issues.map(({ scope, code }) => [scope, code])).toEqual([['file', 'validateSeparator']]);
});

test('a file that is too large is put aside with the reason beside it, and makes no job', async () => {
  await writeFile(dropped('large.csv'), Buffer.alloc(limit + 1, 'x'));
  await until('the file was put aside', async () => !(await readdir(dropped())).includes('large.csv'));
  expect((await readdir(dropped('refused'))).sort()).toEqual(['large.csv', 'large.csv.txt']);
  expect(await readFile(dropped('refused', 'large.csv.txt'), 'utf8')).toContain(`larger than the ${limit} bytes`);
  expect(await jobsOf('large.csv')).toEqual([]);
});

test('what was dropped while nobody looked is taken at the next start, and nothing twice', async () => {
  const { items: before } = await read<Page<Job>>(product, '/v1/jobs?limit=1000');
  await product.stop();
  await writeFile(dropped('overnight.csv'), await clean());
  product = await startProduct({ dataDir: product.dataDir, env });
  expect(await jobOf('overnight.csv')).toMatchObject({ state: 'applied', counts: { unchanged: 2 } });
  const { items: after } = await read<Page<Job>>(product, '/v1/jobs?limit=1000');
  expect(after.map(({ fileName }) => fileName)).toEqual(['overnight.csv', ...before.map(({ fileName }) => fileName)]);
  expect((await readdir(dropped())).sort()).toEqual(['refused']);
});
