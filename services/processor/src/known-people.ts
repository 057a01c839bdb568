import { listAttributes, openPrefilter, type JobContext } from '@rosterport/directory';
import { readAhead, type ByteSource, type Detected } from '@rosterport/formats';
import { prefilterSeed } from './prefilter-seed.ts';
import type { ProcessorContext } from './processor-context.ts';
import type { Sifting } from './steps/sifting.ts';

/** Below this the rows are read sooner than the known people are loaded. */
const smallestSifted = 65_536;

/**
 * Loads the people whose rows need not be read where they say what they said before, in the job's transaction, and reads the file
 * ahead meanwhile. Returns `null` for files whose rows have no bytes of their own, that are refused, that are small, or by which
 * people are found anew.
 */
export async function knownPeople(
  { database, sieveFrom = smallestSifted }: ProcessorContext,
  place: JobContext,
  { detected, file }: { readonly detected: Detected; readonly file: ByteSource },
): Promise<Sifting | null> {
  const [header] = detected.ok ? detected.headers : [];
  if (detected.format !== 'csv' || !detected.ok || header?.kind !== 'users' || place.matchesByEmail || file.size < sieveFrom) return null;
  const definitions = await listAttributes(database, place.tenantId);
  const seed = await prefilterSeed({ header, layout: detected.layout, policy: place.policy, definitions });
  let ahead: unknown;
  const meanwhile = async (): Promise<void> => {
    ahead = await readAhead(file, detected, { seed });
  };
  const known = await openPrefilter(place, { seed, fileBytes: file.size, meanwhile });
  return { known, sieve: { seed, ahead, knows: (words, at) => known.knows(words, at) } };
}
