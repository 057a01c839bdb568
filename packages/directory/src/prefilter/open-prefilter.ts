import { copyOut, type RowTaker } from '@rosterport/database';
import { lockDirectory } from '../work/lock-directory.ts';
import type { DirectoryContext } from '../work/job-context.ts';
import { KnownPeople } from './known-people.ts';

/** How to load known records, and what decides whether they are worth it. */
export interface PrefilterOptions {
  /** Four words of 32 bits for everything, besides its bytes, that the outcome of a record depends on. */
  readonly seed: Uint32Array;
  readonly fileBytes: number;
  /** Work that is to go on while the server sends people; it is begun when it sends the first, and waited for. */
  readonly meanwhile?: () => Promise<void>;
}

/** Loading a person takes a small part of the time that reading a row takes, so that it is worth while for ten a row. */
const mostPeoplePerByte = 0.1;

/**
 * Loads the people of the source, so that rows which say nothing new can be passed over. Takes the tenant's directory lock
 * first, so that what is known stays true. Knows nobody where reading every row is the shorter way; the hashes that it has
 * rows bear are kept all the same.
 */
export async function openPrefilter(
  { client, tenantId, sourceId }: DirectoryContext,
  { seed, fileBytes, meanwhile = () => Promise.resolve() }: PrefilterOptions,
): Promise<KnownPeople> {
  await lockDirectory(client, tenantId);
  const most = Math.floor(fileBytes * mostPeoplePerByte) + 1;
  const known = new KnownPeople(seed);
  const source = client.escapeLiteral(sourceId);
  const beside: Promise<void>[] = [];
  const people = peopleTo(known, () => {
    const work = meanwhile();
    // Told below, unless the server says no before.
    work.catch(() => undefined);
    beside.push(work);
  });
  await copyOut(client, `copy (select id, row_hash from users where source_id = ${source} limit ${most}) to stdout (format binary)`, people);
  await Promise.all(beside);
  return known.size === most ? new KnownPeople(seed) : known;
}

/** Signature, flags, and length of an extension that no server sends (PostgreSQL documentation, COPY, Binary Format). */
const headerBytes = 19;
/** Number of fields, length and value of the id, length of the hash, which is -1 where there is none. */
const tupleBytes = 2 + 4 + 8 + 4;
const hashBytes = 16;

/** Adds the person of each row, and calls `onFirst` with the first one. */
function peopleTo(known: KnownPeople, onFirst: () => void): RowTaker {
  const hash = new Uint32Array(4);
  let isBegun = false;
  return (view, start, end) => {
    const at = isBegun ? start : start + headerBytes;
    isBegun = true;
    if (at + tupleBytes > end) return;
    const id = view.getUint32(at + 6) * 2 ** 32 + view.getUint32(at + 10);
    const hasHash = view.getInt32(at + 14) === hashBytes;
    if (hasHash) for (let word = 0; word < 4; word++) hash[word] = view.getUint32(at + tupleBytes + word * 4, true);
    known.add(id, hasHash ? hash : null);
    if (known.size === 1) onFirst();
  };
}
