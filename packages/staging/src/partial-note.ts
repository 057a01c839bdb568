import { isId, type CredentialId, type FeedId, type JobId, type TenantId } from '@rosterport/domain';
import type { Disk } from './disk.ts';
import { readJson, writeJson } from './json-file.ts';

/** What stands beside the bytes of an upload that was left unfinished, so that its sender can go on with it. */
export interface PartialNote {
  /** The shape's version, for readers that come later. */
  readonly version: 1;
  readonly jobId: JobId;
  readonly tenantId: TenantId;
  /** The feed of the sender, where the folder names none. */
  readonly feedId: FeedId;
  readonly credentialId: CredentialId;
  /** Path of the folder into which it was put, and its name there. */
  readonly folder: string;
  readonly fileName: string;
  /** How many bytes there are from the beginning on, without a gap. */
  readonly size: number;
  /** True when the sender has sent all of it: then it waits for its real name, or for the proof that it is whole. */
  readonly isClosed: boolean;
  /** When the sender says that the file was last changed, ISO 8601 in UTC; `null` where it does not say. */
  readonly modifiedAt: string | null;
  /** When the first byte arrived, ISO 8601 in UTC. */
  readonly receivedAt: string;
  /** When it was left, ISO 8601 in UTC. */
  readonly leftAt: string;
}

/** What the receiver knows of an upload that it leaves; staging adds the rest of the note. */
export type PartialDetails = Omit<PartialNote, 'version' | 'jobId' | 'leftAt'>;

/** Writes a note in place of the one that is there, whole or not at all. */
export async function writeNote(disk: Disk, path: string, note: PartialNote): Promise<void> {
  const draft = `${path}.tmp`;
  await writeJson(disk, draft, note);
  await disk.rename(draft, path);
}

/** Reads a note: `'missing'` when there is none, `'unreadable'` when it is not one of ours. */
export function readNote(path: string): Promise<PartialNote | 'missing' | 'unreadable'> {
  return readJson(path, isNote);
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isUuid = (value: unknown): boolean => typeof value === 'string' && isId(value);
const isMoment = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value));

const checks: { readonly [Field in keyof PartialNote]: (value: unknown) => boolean } = {
  version: (value) => value === 1,
  jobId: isUuid,
  tenantId: isUuid,
  feedId: isUuid,
  credentialId: isUuid,
  folder: isText,
  fileName: isText,
  size: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  isClosed: (value) => typeof value === 'boolean',
  modifiedAt: (value) => value === null || isMoment(value),
  receivedAt: isMoment,
  leftAt: isMoment,
};

function isNote(content: unknown): content is PartialNote {
  if (typeof content !== 'object' || content === null) return false;
  const fields = content as Record<string, unknown>;
  return Object.entries(checks).every(([field, check]) => Object.hasOwn(fields, field) && check(fields[field]));
}
