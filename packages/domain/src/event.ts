import type { JobId, TenantId } from './ids.ts';

/** What is put down because people must be able to read it afterwards: alerts, decisions, and what changed by hand. */
export const eventKinds = [
  'expectedFileMissing',
  'expectedFileArrived',
  'jobHeld',
  'jobApproved',
  'jobDiscarded',
  'jobSuperseded',
  'jobReverted',
  'feedChanged',
  'attributeChanged',
  'userEdited',
  'groupEdited',
  'personErased',
  'uploadExpired',
] as const;

/** The kind of an event. */
export type EventKind = (typeof eventKinds)[number];

/** One event of a tenant, in the shape that every door shows. It holds no value of a person. */
export interface TenantEvent {
  readonly id: string;
  readonly kind: EventKind;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Name of the feed that it is about, if any. */
  readonly feed: string | null;
  readonly jobId: JobId | null;
  /** Name of the credential behind it, or `command line` for an operator at the host; `null` when the product did it. */
  readonly by: string | null;
  /** What there is to know besides, by name. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** An event that is about to be put down. */
export interface NewEvent {
  readonly tenantId: TenantId;
  readonly kind: EventKind;
  readonly feedId?: string | null;
  readonly jobId?: string | null;
  readonly credentialId?: string | null;
  /** Without personal data. */
  readonly details?: Readonly<Record<string, unknown>>;
}
