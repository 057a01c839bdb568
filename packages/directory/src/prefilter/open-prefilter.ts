import { copyOut } from '@rosterport/database';
import { lockDirectory } from '../work/lock-directory.ts';
import type { DirectoryContext } from '../work/job-context.ts';
import { KnownPeople } from './known-people.ts';

/** What decides whether known records are worth loading. */
export interface PrefilterOptions {
  /** Four words of 32 bits for everything, besides its bytes, that the outcome of a record depends on. */
  readonly seed: Uint32Array;
  readonly fileBytes: number;
}

/** Loading a person takes a small part of the time that reading a row takes, so that it is worth while for ten a row. */
const mostPeoplePerByte = 0.1;

/**
 * Loads the people of the source whose record is known, so that rows which say nothing new can be passed over. Takes the
 * tenant's directory lock first, so that what is known stays true. Loads nobody where reading every row is the shorter way;
 * the hashes that it has rows bear are kept all the same.
 */
export async function openPrefilter(context: DirectoryContext, options: PrefilterOptions): Promise<KnownPeople> {
  const { client, tenantId, sourceId } = context;
  await lockDirectory(client, tenantId);
  const most = Math.floor(options.fileBytes * mostPeoplePerByte) + 1;
  const { rows } = await client.query<{ people: number }>(
    'select count(*)::int as people from (select from users where source_id = $1 limit $2) few',
    [sourceId, most],
  );
  const people = rows[0]?.people ?? 0;
  if (people === most) return new KnownPeople(0, options.seed);
  const known = new KnownPeople(people, options.seed);
  const source = client.escapeLiteral(sourceId);
  await load(known, copyOut(client, `copy (select id, row_hash from users where source_id = ${source} and row_hash is not null) to stdout (format binary)`));
  return known;
}

/** Signature, flags, and length of an extension that no server sends (PostgreSQL documentation, COPY, Binary Format). */
const headerBytes = 19;
/** Number of fields, then length and value of each. */
const tupleBytes = 2 + 4 + 8 + 4 + 16;

async function load(known: KnownPeople, pieces: AsyncIterable<Buffer>): Promise<void> {
  const hash = new Uint32Array(4);
  const hashBytes = Buffer.from(hash.buffer);
  let rest: Uint8Array = new Uint8Array(0);
  let at = headerBytes;
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    for (; at + tupleBytes <= bytes.length; at += tupleBytes) {
      bytes.copy(hashBytes, 0, at + tupleBytes - 16, at + tupleBytes);
      known.add(bytes.readUInt32BE(at + 6) * 2 ** 32 + bytes.readUInt32BE(at + 10), hash);
    }
    rest = bytes.subarray(Math.min(at, bytes.length));
    at = Math.max(0, at - bytes.length);
  }
}
