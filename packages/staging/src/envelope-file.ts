import { channels, isId, type Envelope } from '@rosterport/domain';
import { jsonText, readJson } from './json-file.ts';

/** What is written of an envelope. */
export function envelopeText(envelope: Envelope): string {
  return jsonText(envelope);
}

/** Reads an envelope: `'missing'` when there is none, `'unreadable'` when it is not one of ours. */
export function readEnvelope(path: string): Promise<Envelope | 'missing' | 'unreadable'> {
  return readJson(path, isEnvelope);
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isUuid = (value: unknown): boolean => typeof value === 'string' && isId(value);
const isMoment = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value));

const checks: { readonly [Field in keyof Required<Envelope>]: (value: unknown) => boolean } = {
  version: (value) => value === 1,
  jobId: isUuid,
  tenantId: isUuid,
  feedId: isUuid,
  credentialId: (value) => value === null || isUuid(value),
  channel: (value) => (channels as readonly unknown[]).includes(value),
  fileName: isText,
  mode: (value) => value === null || value === 'delta' || value === 'full',
  dryRun: (value) => typeof value === 'boolean',
  folder: (value) => value === undefined || value === null || typeof value === 'string',
  modifiedAt: (value) => value === undefined || value === null || isMoment(value),
  size: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  sha256: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  receivedAt: isMoment,
  sealedAt: isMoment,
};

/** What an envelope may leave out. */
const optional: ReadonlySet<string> = new Set(['folder', 'modifiedAt'] satisfies (keyof Envelope)[]);

function isEnvelope(content: unknown): content is Envelope {
  if (typeof content !== 'object' || content === null) return false;
  const fields = content as Record<string, unknown>;
  return Object.entries(checks).every(([field, check]) => (Object.hasOwn(fields, field) || optional.has(field)) && check(fields[field]));
}
