import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import type { Job, Page } from '@rosterport/domain';
import {
  fixturePath,
  shownDirectory,
  shownRows,
  sortedDirectory,
  sortedRows,
  seedExamples,
} from '@rosterport/fixtures';
import { directoryOf, finishedJob, read, rowsOf, uploadFile } from './product/https-client.ts';
import { newDataDir, removeDataDir, startProduct, type Product } from './product/product.ts';

const script = fileURLToPath(new URL('./product/killed-start.mjs', import.meta.url));
const steps = ['seal', 'register', 'detect', 'parse', 'validate', 'plan', 'judge', 'apply', 'report', 'commit', 'committed'];

const dataDirs: string[] = [];
afterEach(async () => {
  for (const dataDir of dataDirs.splice(0)) await removeDataDir(dataDir);
});

// The workbook of the contract: users, groups, memberships and managers in one file.
const [, workbook] = seedExamples();

test.each(steps)('a kill before the step %s leaves nothing half done, and the next start puts it right', async (step) => {
  const dataDir = newDataDir();
  dataDirs.push(dataDir);
  const bytes = await readFile(fixturePath('seed/example.xlsx'));
  const doomed = await startProduct({ dataDir, script, env: { JOURNEY_KILL_BEFORE: step } });
  const answer = await uploadFile(doomed, { fileName: 'example.xlsx', bytes, path: '/v1/files' }).catch(ofLostConnection);
  expect(await doomed.ended).toBe('SIGKILL');

  const product = await startProduct({ dataDir });
  try {
    const jobs = await jobsSettled(product, answer?.status === 202);
    if (step === 'seal') {
      // The sender was told nothing, so nothing may have happened.
      expect({ answer, jobs }).toEqual({ answer: null, jobs: [] });
      await uploadFile(product, { fileName: 'example.xlsx', bytes, path: '/v1/files' });
    }
    const [job] = step === 'seal' ? await jobsSettled(product, true) : jobs;
    await expectWhole(product, job);
  } finally {
    expect(await product.stop()).toBe(0);
  }
});

/** A sender who loses the connection was told nothing. */
function ofLostConnection(error: unknown): null {
  if ((error as { code?: unknown }).code === 'ECONNRESET') return null;
  throw error;
}

/** The jobs, once none of them is unfinished; there must be one when the sender was told so. */
async function jobsSettled(product: Product, isPromised: boolean): Promise<Job[]> {
  const { items } = await read<Page<Job>>(product, '/v1/jobs');
  if (isPromised) expect(items).toHaveLength(1);
  return Promise.all(items.map((job) => finishedJob(product, job.id)));
}

async function expectWhole(product: Product, job: Job | undefined): Promise<void> {
  const expected = workbook?.expected.steps[0];
  if (expected === undefined || job === undefined) throw new TypeError('There is no job, or nothing to hold it against.');
  expect(job).toMatchObject({ state: 'applied', counts: expected.counts });
  expect(shownRows(await rowsOf(product, job.id))).toEqual(sortedRows(expected.rows));
  const { users, groups } = await directoryOf(product);
  expect(shownDirectory(users, groups)).toEqual(sortedDirectory(workbook?.expected.directory ?? { users: [], groups: [] }));
  const { items } = await read<Page<Job>>(product, '/v1/jobs');
  expect(items).toHaveLength(1);
}
