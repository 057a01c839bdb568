import { openPrefilter, type JobContext } from '@rosterport/directory';
import type { AttributeDefinition } from '@rosterport/domain';
import { readAhead, type ByteSource, type Detected } from '@rosterport/formats';
import { prefilterSeed } from './prefilter-seed.ts';
import type { ProcessorContext } from './processor-context.ts';
import type { Sifting } from './steps/sifting.ts';

/** Below this the rows are read sooner than the known people are loaded. */
const smallestSifted = 65_536;

/** So many bytes of rows are planned at once while others are read: some 30,000. */
const partBytes = 8_388_608;

/** What may be told of a file before its rows are read. */
interface KnownFile {
  readonly detected: Detected;
  readonly file: ByteSource;
}

/**
 * Whether it is worth while to ask who of a file's people is known: not where rows have no bytes of their own, of a file that is
 * refused or small, nor where people are found anew.
 */
export function isSifted(
  { sieveFrom = smallestSifted }: ProcessorContext,
  { matchesByEmail }: Pick<JobContext, 'matchesByEmail'>,
  { detected, file }: KnownFile,
): boolean {
  return detected.ok && detected.format === 'csv' && detected.headers[0]?.kind === 'users' && !matchesByEmail && file.size >= sieveFrom;
}

/**
 * Loads the people whose rows need not be read where they say what they said before, in the job's transaction, and reads the file
 * ahead meanwhile. Needs all attributes of the tenant, as they are to be known when rows are judged. Returns `null` for a file that
 * is not sifted.
 */
export async function knownPeople(
  context: ProcessorContext,
  place: JobContext,
  { detected, file, definitions }: KnownFile & { readonly definitions: readonly AttributeDefinition[] },
): Promise<Sifting | null> {
  const [header] = detected.ok ? detected.headers : [];
  if (!detected.ok || header === undefined || !isSifted(context, place, { detected, file })) return null;
  const seed = await prefilterSeed({ header, layout: detected.layout, policy: place.policy, definitions });
  let ahead: unknown;
  const meanwhile = async (): Promise<void> => {
    ahead = await readAhead(file, detected, { seed });
  };
  const known = await openPrefilter(place, { seed, fileBytes: file.size, meanwhile });
  const parts = { fileBytes: file.size, partBytes: context.partBytes ?? partBytes };
  return { known, sieve: { seed, ahead, knows: (words, at) => known.knows(words, at) }, ...parts };
}
