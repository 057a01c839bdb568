import type { Channel } from './channel.ts';
import type { CredentialId, FeedId, JobId, TenantId } from './ids.ts';
import type { Mode } from './mode.ts';

/**
 * What stands beside a sealed file on disk. Together they are enough to make the job again should the database not have
 * heard of it.
 */
export interface Envelope {
  /** The shape's version, for readers that come later. */
  readonly version: 1;
  readonly jobId: JobId;
  readonly tenantId: TenantId;
  readonly feedId: FeedId;
  /** Who sent it; `null` for the drop folder. */
  readonly credentialId: CredentialId | null;
  readonly channel: Channel;
  /** The name that the sender gave, without folders. */
  readonly fileName: string;
  /** What the request or the folder said; `null` leaves it to the credential and the feed. */
  readonly mode: Mode | null;
  readonly dryRun: boolean;
  /** The folder through which it came, where the channel has several; left out by channels that have none. */
  readonly folder?: string | null;
  /** When the sender says that the file was last changed, ISO 8601 in UTC; left out where the sender does not say. */
  readonly modifiedAt?: string | null;
  /** Size in bytes. */
  readonly size: number;
  /** SHA-256 of the bytes in lower-case hexadecimal. */
  readonly sha256: string;
  /** When the first byte arrived, ISO 8601 in UTC. */
  readonly receivedAt: string;
  /** When the file was sealed, ISO 8601 in UTC; the order of jobs. */
  readonly sealedAt: string;
}
