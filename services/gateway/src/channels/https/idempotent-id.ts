import type { CredentialId, JobId } from '@rosterport/domain';
import { createHash } from 'node:crypto';

/** The job's id for an Idempotency-Key: always the same for one credential and key. A UUID of version 8 (RFC 9562, section 5.8). */
export function idempotentId(credentialId: CredentialId, key: string): JobId {
  const bytes = createHash('sha256').update(`${credentialId}\0${key}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as JobId;
}
