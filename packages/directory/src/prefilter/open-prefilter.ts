import { copyOut } from '@rosterport/database';
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
  let beside: Promise<void> | undefined;
  for await (const size of load(known, copyOut(client, `copy (select id, row_hash from users where source_id = ${source} limit ${most}) to stdout (format binary)`))) {
    if (size === 0 || beside !== undefined) continue;
    beside = meanwhile();
    // Told below, unless the server says no before.
    beside.catch(() => undefined);
  }
  await beside;
  return known.size === most ? new KnownPeople(seed) : known;
}

/** Signature, flags, and length of an extension that no server sends (PostgreSQL documentation, COPY, Binary Format). */
const headerBytes = 19;
/** Number of fields, length and value of the id, length of the hash, which is -1 where there is none. */
const tupleBytes = 2 + 4 + 8 + 4;
const hashBytes = 16;

/** Adds the people of all pieces, and tells how many are known after each piece. */
async function* load(known: KnownPeople, pieces: AsyncIterable<Buffer>): AsyncGenerator<number> {
  const hash = new Uint32Array(4);
  let rest: Uint8Array = new Uint8Array(0);
  let at = headerBytes;
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    while (at + tupleBytes <= bytes.length) {
      const end = at + tupleBytes;
      const hasHash = view.getInt32(end - 4) === hashBytes;
      if (hasHash && end + hashBytes > bytes.length) break;
      const id = view.getUint32(at + 6) * 2 ** 32 + view.getUint32(at + 10);
      if (hasHash) for (let word = 0; word < 4; word++) hash[word] = view.getUint32(end + word * 4, true);
      known.add(id, hasHash ? hash : null);
      at = hasHash ? end + hashBytes : end;
    }
    rest = bytes.subarray(Math.min(at, bytes.length));
    at = Math.max(0, at - bytes.length);
    yield known.size;
  }
}
