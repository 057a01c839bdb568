import { isFailure, type TenantId } from '@rosterport/domain';
import type { Logger } from '@rosterport/runtime';

/**
 * Logs that an upload was refused since its tenant's quota is used up, which the sender cannot mend alone. What is broken or
 * away is logged with the answer; what senders do wrong is told to them only. Of the file nothing is said.
 */
export function tellQuota(log: Logger, tenant: TenantId, error: unknown): void {
  if (!isFailure(error) || error.code !== 'quotaExceeded') return;
  log.warn('An upload was refused', { channel: 'https', tenant, code: error.code });
}
