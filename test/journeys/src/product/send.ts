import { basename } from 'node:path';
import type { Job } from '@rosterport/domain';
import { read, readAll, uploadFile } from './https-client.ts';
import { settledJob } from './operator.ts';
import type { Product } from './product.ts';
import { put, withSftp } from './sftp-client.ts';
import { until } from './until.ts';

/** Puts a file to its path on the SFTP box, and gives its job once nothing goes on with it. Only one file at a time. */
export async function sendOverSftp(product: Product, path: string, bytes: Buffer | string): Promise<Job> {
  const known = new Set((await readAll<Job>(product, '/v1/jobs')).map(({ id }) => id));
  await withSftp(product, (sftp) => put(sftp, path, Buffer.from(bytes)));
  const { id } = await until(`a job of ${basename(path)}`, async () => {
    const { items } = await read<{ items: Job[] }>(product, '/v1/jobs');
    return items.find((job) => !known.has(job.id));
  });
  return settledJob(product, id);
}

/** What is sent over HTTPS. */
export interface Sent {
  readonly fileName?: string;
  readonly bytes: Buffer | string;
  /** Of `/v1/files`: `mode=full&dryRun=true`. */
  readonly query?: string;
  readonly token?: string;
}

/** Sends a file to `/v1/files`, and gives its job once nothing goes on with it. */
export async function sendOverHttps(product: Product, { fileName = 'users.csv', bytes, query = '', token }: Sent): Promise<Job> {
  const answer = await uploadFile(product, {
    ...{ fileName, bytes: Buffer.from(bytes), path: `/v1/files?${query}` },
    ...(token === undefined ? {} : { token }),
  });
  if (answer.status !== 202) throw new Error(`${fileName}: ${answer.status} ${answer.body.toString()}`);
  return settledJob(product, (JSON.parse(answer.body.toString()) as Job).id);
}
