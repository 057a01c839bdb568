import { randomUUID } from 'node:crypto';
import type { Feed } from '@rosterport/access';
import type { Envelope, JobId, Mode } from '@rosterport/domain';
import { openLogger } from '@rosterport/runtime';
import { openStaging } from '@rosterport/staging';

/** A file that is to be sealed. */
export interface TextFile {
  readonly feed: Feed;
  readonly fileName: string;
  readonly mode: Mode;
  readonly text: AsyncIterable<string> | Iterable<string>;
}

/** Brings files into a staging area as a door would, one after the other, and closes the area again for another process. */
export async function sealTexts(folder: string, files: Iterable<TextFile>): Promise<readonly Envelope[]> {
  const log = openLogger({ level: 'warn', secrets: [] });
  const staging = await openStaging({ folder, log });
  try {
    const envelopes: Envelope[] = [];
    for (const { feed, fileName, mode, text } of files) {
      const upload = await staging.begin({ jobId: randomUUID() as JobId, limitBytes: 2 ** 30 });
      for await (const piece of text) await upload.write(upload.size, Buffer.from(piece));
      const envelope = await upload.seal({
        ...{ tenantId: feed.tenantId, feedId: feed.id, credentialId: null, channel: 'drop-folder' },
        ...{ fileName, mode, dryRun: false, receivedAt: new Date().toISOString() },
      });
      await staging.keep(envelope.jobId);
      envelopes.push(envelope);
    }
    return envelopes;
  } finally {
    await staging.close();
    await log.close();
  }
}
