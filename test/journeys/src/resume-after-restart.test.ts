import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Envelope, Job, Page } from '@rosterport/domain';
import type { SFTPWrapper } from 'ssh2';
import { finishedJob, read } from './product/https-client.ts';
import { newDataDir, removeDataDir, startProduct } from './product/product.ts';
import { list, withSftp } from './product/sftp-client.ts';
import { until } from './product/until.ts';

const dataDir = newDataDir();
afterAll(() => removeDataDir(dataDir));

const people = Array.from({ length: 2_000 }, (_, n) => `E${n};Ann${n};Ek;ann${n}@example.com;\n`);
const bytes = Buffer.from(`Employee ID;First Name;Last Name;Email;PhoneNumber(Optional)\n${people.join('')}`);
/** Neither the end of a row nor of a block. */
const half = 40_001;

/** Opens the file with the flags and writes these bytes there; gives the handle. */
async function written(sftp: SFTPWrapper, flags: 'w' | 'r+', { from, to }: { readonly from: number; readonly to: number }): Promise<Buffer> {
  const handle = await new Promise<Buffer>((resolve, reject) => {
    sftp.open('/users.csv', flags, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  for (let at = from; at < to; at += 30_000) {
    await new Promise<void>((resolve, reject) => {
      sftp.write(handle, bytes, at, Math.min(30_000, to - at), at, (error) => (error ? reject(error) : resolve()));
    });
  }
  return handle;
}

test('an upload that a stopped gateway broke off is gone on with after the restart, and is one job with all of its bytes', async () => {
  const first = await startProduct({ dataDir });
  await withSftp(first, async (sftp) => {
    await written(sftp, 'w', { from: 0, to: half });
    expect(await first.stop('SIGTERM')).toBe(0);
  });

  const second = await startProduct({ dataDir });
  try {
    expect((await read<Page<Job>>(second, '/v1/jobs')).items).toEqual([]);
    await withSftp(second, async (sftp) => {
      expect(await list(sftp, '/incoming')).toEqual(['users.csv']);
      const size = await new Promise<number>((resolve, reject) => {
        sftp.stat('/users.csv', (error, found) => (error ? reject(error) : resolve(found.size)));
      });
      expect(size).toBe(half);
      const handle = await written(sftp, 'r+', { from: size, to: bytes.length });
      await new Promise<void>((resolve, reject) => {
        sftp.close(handle, (error) => (error ? reject(error) : resolve()));
      });
    });
    const found = await until('a job', async () => (await read<Page<Job>>(second, '/v1/jobs')).items[0]);
    const job = await finishedJob(second, found.id);
    expect((await read<Page<Job>>(second, '/v1/jobs')).items).toMatchObject([{ id: job.id, fileName: 'users.csv', channel: 'sftp' }]);
    expect(job).toMatchObject({ state: 'applied', counts: { created: people.length, rejected: 0 } });

    const kept = join(dataDir, 'staging', 'kept', job.id.slice(0, 2), job.id);
    const { size, sha256 } = JSON.parse(await readFile(`${kept}.json`, 'utf8')) as Envelope;
    const sent = createHash('sha256').update(bytes).digest('hex');
    expect({ size, sha256 }).toEqual({ size: bytes.length, sha256: sent });
    expect(createHash('sha256').update(await readFile(`${kept}.file`)).digest('hex')).toBe(sent);
  } finally {
    expect(await second.stop()).toBe(0);
  }
});
