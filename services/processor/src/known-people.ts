import { listAttributes, openPrefilter, type JobContext, type KnownPeople } from '@rosterport/directory';
import type { Detected } from '@rosterport/formats';
import { prefilterSeed } from './prefilter-seed.ts';
import type { ProcessorContext } from './processor-context.ts';

/** Below this the rows are read sooner than the known people are loaded. */
const smallestSifted = 65_536;

/**
 * Loads the people whose rows need not be read where they say what they said before, in the job's transaction. Returns `null`
 * for files whose rows have no bytes of their own, that are refused, that are small, or by which people are found anew.
 */
export async function knownPeople(
  { database, sieveFrom = smallestSifted }: ProcessorContext,
  place: JobContext,
  { detected, bytes }: { readonly detected: Detected; readonly bytes: number },
): Promise<KnownPeople | null> {
  const [header] = detected.ok ? detected.headers : [];
  if (detected.format !== 'csv' || !detected.ok || header?.kind !== 'users' || place.matchesByEmail || bytes < sieveFrom) return null;
  const definitions = await listAttributes(database, place.tenantId);
  const seed = await prefilterSeed({ header, layout: detected.layout, policy: place.policy, definitions });
  return openPrefilter(place, { seed, fileBytes: bytes });
}
