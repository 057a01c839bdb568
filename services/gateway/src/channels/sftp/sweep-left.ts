import { inTransaction, transactionClient } from '@rosterport/database';
import { noteEvent } from '@rosterport/jobs';
import { isTemporaryName, type PartialNote } from '@rosterport/staging';
import type { GatewayContext } from '../../gateway-context.ts';

const everyMs = 60_000;

/** Removes the uploads that were left for too long, at once and from time to time; resolves with what stops it. */
export function startSweeping(context: GatewayContext): () => Promise<void> {
  let running = sweepLeft(context);
  const timer = setInterval(() => {
    running = running.then(() => sweepLeft(context));
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/**
 * Removes the uploads that were left for too long. A file that waited for its proof leaves an event, since its sender was told
 * that it had arrived: it stays until the event can be put down. Never fails.
 */
export async function sweepLeft(context: GatewayContext): Promise<void> {
  for (const note of context.staging.expiredPartials()) {
    try {
      if (note.isClosed && !isTemporaryName(note.fileName)) await tell(context, note);
      await context.staging.dropPartial(note.jobId);
    } catch (error) {
      context.log.warn('An unfinished upload could not be swept', { job: note.jobId, error });
    }
  }
}

async function tell({ database, log }: GatewayContext, { tenantId, feedId, credentialId, jobId, folder, fileName, size }: PartialNote): Promise<void> {
  const details = { upload: jobId, folder, fileName, size };
  await inTransaction(database, async (tx) => {
    await noteEvent(await transactionClient(tx), { tenantId, feedId, credentialId, kind: 'uploadExpired', details });
  });
  log.warn('An upload waited in vain for the proof that it is whole', { job: jobId });
}
