import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import type { Page, TenantEvent } from '@rosterport/domain';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { call, read } from '../product/https-client.ts';
import { samplePath } from '../product/sample.ts';
import { sendOverSftp } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { until } from '../product/until.ts';

const at = sharedProduct();

/** Has the product look for expected files at once and not only at the next minute. */
const look = (): Promise<unknown> => at.database.pool.query(`select graphile_worker.add_job('check-expected-files')`);

async function eventsOf(kind: TenantEvent['kind']): Promise<readonly TenantEvent[]> {
  return (await read<Page<TenantEvent>>(at.product, `/v1/events?kind=${kind}`)).items;
}

async function missingFiles(): Promise<string | undefined> {
  const { body } = await call(at.product, { path: '/metrics' });
  return /^rosterport_missing_files (\d+)$/m.exec(body.toString())?.[1];
}

test('a file that does not come is told once, and so is its arrival', async () => {
  const year = new Date().getUTCFullYear();
  const typed = ['feed', 'set', '--tenant', 'demo', 'default', '--expect', '0 0 1 1 *', '--time-zone', 'UTC', '--grace', '1'];
  const { policy } = await rosterportJson<{ policy: object }>(at.product.dataDir, typed);
  expect(policy).toMatchObject({ expected: { schedule: '0 0 1 1 *', timeZone: 'UTC', graceMinutes: 1 } });
  await until('the product knows what is expected', async () => {
    await look();
    return (await at.database.knex('expectations')).length === 1;
  });
  expect(await eventsOf('expectedFileMissing')).toEqual([]);

  // As if it had been expected all along.
  await at.database.knex('expectations').update({ since: new Date(Date.UTC(year - 2, 0, 1)) });
  const [missing] = await until('the alert', async () => {
    await look();
    const found = await eventsOf('expectedFileMissing');
    return found.length > 0 && found;
  });
  expect(missing).toMatchObject({ feed: 'default', jobId: null, details: { dueAt: `${year}-01-01T00:00:00.000Z` } });
  expect(await missingFiles()).toBe('1');

  // However often the product looks, and though dry runs come, there is one alert.
  const bytes = await readFile(samplePath);
  await sendOverSftp(at.product, '/test/users.csv', bytes);
  await look();
  expect([(await eventsOf('expectedFileMissing')).length, await missingFiles()]).toEqual([1, '1']);
  expect((await rosterport(at.product.dataDir, ['events', '--kind', 'expectedFileMissing'])).out).toContain(`dueAt=${year}-01-01T00:00:00.000Z`);

  const job = await sendOverSftp(at.product, '/users.csv', bytes);
  const arrived = await until('the end of the alert', async () => {
    await look();
    const found = await eventsOf('expectedFileArrived');
    return found.length > 0 && found;
  });
  expect(arrived).toMatchObject([{ feed: 'default', jobId: job.id, details: { dueAt: `${year}-01-01T00:00:00.000Z` } }]);
  expect(await eventsOf('expectedFileMissing')).toHaveLength(1);
  expect(await missingFiles()).toBe('0');
});
