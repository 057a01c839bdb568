import type { CredentialId, FeedId, JobId, TenantId } from '@rosterport/domain';
import { openLogger, type ProcessLogger } from '@rosterport/runtime';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PassThrough } from 'node:stream';
import { openStaging, type StagingOptions } from '../open-staging.ts';
import type { SealDetails } from '../upload.ts';
import type { Staging } from '../staging.ts';

/** A temporary folder with a log, and what was opened in it. */
export interface WorkFolder {
  readonly path: string;
  readonly log: ProcessLogger;
  /** The lines of the log so far. */
  lines(): readonly Readonly<Record<string, unknown>>[];
  /** Opens a staging area in it that `clear` will close. */
  open(options?: Partial<StagingOptions>): Promise<Staging>;
  /** Every file below it, by path within it. */
  files(): Promise<readonly string[]>;
  /** Closes what was opened and removes the folder. */
  clear(): Promise<void>;
}

/** Makes a work folder. */
export async function workFolder(): Promise<WorkFolder> {
  const path = await mkdtemp(join(tmpdir(), 'rosterport-staging-'));
  const stream = new PassThrough();
  const log = openLogger({ level: 'debug', secrets: [], stream });
  const opened: Staging[] = [];
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  return {
    path,
    log,
    lines: () => text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>),
    async open(options = {}) {
      const staging = await openStaging({ folder: path, log, ...options });
      opened.push(staging);
      return staging;
    },
    async files() {
      const entries = await readdir(path, { withFileTypes: true, recursive: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(path, join(entry.parentPath, entry.name)))
        .sort();
    },
    async clear() {
      for (const staging of opened) await staging.close();
      await log.close();
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** A fresh id. */
export function newJobId(): JobId {
  return randomUUID() as JobId;
}

/** What a receiver may know of a file. */
export const details: SealDetails = {
  tenantId: randomUUID() as TenantId,
  feedId: randomUUID() as FeedId,
  credentialId: randomUUID() as CredentialId,
  channel: 'sftp',
  fileName: 'people.csv',
  mode: 'delta',
  dryRun: false,
  receivedAt: '2026-01-02T03:04:05.000Z',
};

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Seals a small file whose content is its own id. */
export async function sealOne(staging: Staging, jobId: JobId = newJobId()): Promise<JobId> {
  const upload = await staging.begin({ jobId, limitBytes: 1000 });
  await upload.write(0, bytesOf(jobId));
  await upload.seal(details);
  return jobId;
}

/** Waits until the condition holds; fails when it does not come true for more than a minute. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 80_000; !(await condition()); ) {
    if (performance.now() > end) throw new Error('the condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The code of the failure that a promise ends with; `fine` when there is none. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'fine',
    (error: unknown) => (error as { code?: unknown }).code,
  );
}
