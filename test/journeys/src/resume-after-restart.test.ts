import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Envelope, Job, Page } from '@rosterport/domain';
import type { SFTPWrapper } from 'ssh2';
import { finishedJob, read } from './product/https-client.ts';
import { newDataDir, removeDataDir, startProduct } from './product/product.ts';
import { list, withSftp } from './product/sftp-client.ts';
import { until } from './product/until.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = newDataDir();
});
afterEach(() => removeDataDir(dataDir));

interface Piece {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/** Opens the file with the flags and writes these bytes there; gives the handle. */
async function written(sftp: SFTPWrapper, flags: 'w' | 'r+', { bytes, from, to }: Piece): Promise<Buffer> {
  const handle = await new Promise<Buffer>((resolve, reject) => {
    sftp.open('/users.csv', flags, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const writes: Promise<void>[] = [];
  for (let at = from; at < to; at += 30_000) {
    const length = Math.min(30_000, to - at);
    writes.push(new Promise((resolve, reject) => sftp.write(handle, bytes, at, length, at, (error) => (error ? reject(error) : resolve()))));
  }
  await Promise.all(writes);
  return handle;
}

function sizeOf(sftp: SFTPWrapper): Promise<number> {
  return new Promise((resolve, reject) => {
    sftp.stat('/users.csv', (error, found) => (error ? reject(error) : resolve(found.size)));
  });
}

function close(sftp: SFTPWrapper, handle: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    sftp.close(handle, (error) => (error ? reject(error) : resolve()));
  });
}

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

async function expectKept({ id }: Job, sent: Buffer): Promise<void> {
  const kept = join(dataDir, 'staging', 'kept', id.slice(0, 2), id);
  const { size, sha256 } = JSON.parse(await readFile(`${kept}.json`, 'utf8')) as Envelope;
  expect({ size, sha256 }).toEqual({ size: sent.length, sha256: hashOf(sent) });
  expect(hashOf(await readFile(`${kept}.file`))).toBe(hashOf(sent));
}

const people = Array.from({ length: 2_000 }, (_, n) => `E${n};Ann${n};Ek;ann${n}@example.com;\n`);
const bytes = Buffer.from(`Employee ID;First Name;Last Name;Email;PhoneNumber(Optional)\n${people.join('')}`);
/** Neither the end of a row nor of a block. */
const half = 40_001;

test('an upload that a stopped gateway broke off is gone on with after the restart, and is one job with all of its bytes', async () => {
  const first = await startProduct({ dataDir });
  await withSftp(first, async (sftp) => {
    await written(sftp, 'w', { bytes, from: 0, to: half });
    expect(await first.stop('SIGTERM')).toBe(0);
  });

  const second = await startProduct({ dataDir });
  try {
    expect((await read<Page<Job>>(second, '/v1/jobs')).items).toEqual([]);
    await withSftp(second, async (sftp) => {
      expect(await list(sftp, '/incoming')).toEqual(['users.csv']);
      const size = await sizeOf(sftp);
      expect(size).toBe(half);
      const handle = await written(sftp, 'r+', { bytes, from: size, to: bytes.length });
      await close(sftp, handle);
    });
    const found = await until('a job', async () => (await read<Page<Job>>(second, '/v1/jobs')).items[0]);
    const job = await finishedJob(second, found.id);
    expect((await read<Page<Job>>(second, '/v1/jobs')).items).toMatchObject([{ id: job.id, fileName: 'users.csv', channel: 'sftp' }]);
    expect(job).toMatchObject({ state: 'applied', counts: { created: people.length, rejected: 0 } });
    await expectKept(job, bytes);
  } finally {
    expect(await second.stop()).toBe(0);
  }
});

test('an upload that a killed gateway was receiving is gone on with from the last checkpoint', async () => {
  // No table, so that it is refused at once.
  const content = Buffer.alloc(70_000_000, 'a\0\n');
  const first = await startProduct({ dataDir });
  await withSftp(first, async (sftp) => {
    await written(sftp, 'w', { bytes: content, from: 0, to: 69_000_000 });
    await until('a note', async () => (await readdir(join(dataDir, 'staging', 'partial'))).some((name) => name.endsWith('.note')) || undefined);
    first.process.kill('SIGKILL');
    await first.ended;
  });

  const second = await startProduct({ dataDir });
  try {
    await withSftp(second, async (sftp) => {
      const size = await sizeOf(sftp);
      expect(size).toBeGreaterThanOrEqual(64 * 1024 * 1024);
      await close(sftp, await written(sftp, 'r+', { bytes: content, from: size, to: content.length }));
    });
    const found = await until('a job', async () => (await read<Page<Job>>(second, '/v1/jobs')).items[0]);
    const job = await finishedJob(second, found.id);
    expect(job).toMatchObject({ state: 'rejected' });
    await expectKept(job, content);
  } finally {
    expect(await second.stop()).toBe(0);
  }
});
