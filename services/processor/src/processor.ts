import { serveWakeUps, tenantsWithWork } from '@rosterport/jobs';
import type { ProcessorContext } from './processor-context.ts';
import { processTenant } from './process-tenant.ts';

/** A processor at work. */
export interface Processor {
  /** Takes no more work, and resolves when the jobs in hand have ended. */
  close(): Promise<void>;
}

/**
 * Starts a processor: it first works off what a crash or a standstill left behind, then waits for wake-ups. `concurrency` is
 * how many tenants it works on at once.
 */
export async function openProcessor(context: ProcessorContext, options: { readonly concurrency: number }): Promise<Processor> {
  const sweep = async (): Promise<void> => {
    for (const tenantId of await tenantsWithWork(context.database)) await processTenant(context, tenantId);
  };
  const failed = (error: unknown): void => {
    const code = (error as { code?: unknown }).code;
    context.log.error('A wake-up could not be worked off', { code: typeof code === 'string' ? code : 'unexpected' });
  };
  const wakeUps = await serveWakeUps(context.database, {
    concurrency: options.concurrency,
    process: (tenantId) => processTenant(context, tenantId),
    sweep,
    failed,
  });
  const first = sweep().catch(failed);
  return {
    close: async () => {
      await Promise.all([wakeUps.close(), first]);
    },
  };
}
