import { isFailure, type TenantId } from '@rosterport/domain';
import type { Logger } from '@rosterport/runtime';

/**
 * Logs why an upload was not taken, where its sender cannot mend it alone: its tenant's quota is used up, or something is away,
 * full or broken here. What senders do wrong is told to them and not to the log. Of the file nothing is said.
 */
export function tellRefusal(log: Logger, tenant: TenantId, error: unknown): void {
  if (!isFailure(error)) return;
  const { kind, code } = error;
  if (kind === 'broken') log.error('An upload broke', { channel: 'sftp', tenant, code, error: error.cause });
  else if (kind === 'unavailable' || code === 'quotaExceeded') log.warn('An upload was refused', { channel: 'sftp', tenant, code });
}
