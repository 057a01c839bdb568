import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Feed } from '@rosterport/access';
import type { Envelope, JobId, Mode } from '@rosterport/domain';
import { openLogger } from '@rosterport/runtime';
import { openStaging } from '@rosterport/staging';

/** A sealed file and what it took to write, sync and seal it. */
export interface SealedInput {
  readonly envelope: Envelope;
  readonly seconds: number;
}

/** What is sealed, and how its sender wants it taken. */
export interface SentFile {
  readonly path: string;
  readonly mode: Mode;
  /** False unless told. */
  readonly dryRun?: boolean;
}

/** Brings a file into a staging area as a door would, and closes the area again for another process. */
export async function sealFile(folder: string, feed: Feed, { path, mode, dryRun = false }: SentFile): Promise<SealedInput> {
  const log = openLogger({ level: 'warn', secrets: [] });
  const staging = await openStaging({ folder, log });
  try {
    const begun = performance.now();
    const upload = await staging.begin({ jobId: randomUUID() as JobId, limitBytes: 2 ** 30 });
    for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
      await upload.write(upload.size, chunk as Buffer);
    }
    const envelope = await upload.seal({
      ...{ tenantId: feed.tenantId, feedId: feed.id, credentialId: null, channel: 'drop-folder' },
      ...{ fileName: basename(path), mode, dryRun, receivedAt: new Date().toISOString() },
    });
    const seconds = (performance.now() - begun) / 1_000;
    await staging.keep(envelope.jobId);
    return { envelope, seconds };
  } finally {
    await staging.close();
    await log.close();
  }
}
