import type { Envelope, JobId } from '@rosterport/domain';
import { readEnvelope } from './envelope-file.ts';
import { setAside, type Area } from './recover.ts';
import type { Shelf } from './shelf.ts';

/**
 * Reads the envelopes in the inbox, the earliest sealed first. Those that are just being sealed are left out, since
 * their names may not be on the medium yet; those that cannot be read are set aside.
 */
export async function readSealed(
  area: Area,
  shelf: Shelf,
  isActive: (jobId: JobId) => boolean,
): Promise<readonly Envelope[]> {
  const found: Envelope[] = [];
  for (const jobId of await shelf.inboxIds()) {
    if (isActive(jobId)) continue;
    const envelope = await readEnvelope(area.places.inboxOf(jobId).envelope);
    if (envelope === 'missing') continue;
    if (envelope === 'unreadable' || envelope.jobId !== jobId) await setAside(area, jobId);
    else found.push(envelope);
  }
  return found.sort((one, other) => (one.sealedAt < other.sealedAt ? -1 : 1));
}
