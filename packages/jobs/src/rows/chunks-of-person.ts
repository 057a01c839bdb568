import type { PoolClient } from '@rosterport/database';
import type { JobId, PersonTraces, SourceId, TenantId } from '@rosterport/domain';
import { holdsId, unpackPlaces, type RowPlace } from './place-chunk.ts';

/** A chunk in which rows are about a person. */
export interface ChunkOfPerson {
  readonly jobId: JobId;
  readonly firstOrdinal: number;
  readonly places: readonly RowPlace[];
  /** Positions of the person's rows in the chunk. */
  readonly own: readonly number[];
}

interface Chunk {
  readonly jobId: JobId;
  readonly sourceId: SourceId;
  readonly firstOrdinal: number;
  readonly places: Buffer;
}

/** How many chunks are read at once. */
const batch = 100;

/** Looks through the chunks of a tenant's jobs for rows that bear an id of the person, or that are known to be about the person. */
export async function* chunksOfPerson(client: Pick<PoolClient, 'query'>, tenantId: TenantId, traces: PersonTraces): AsyncGenerator<ChunkOfPerson> {
  const known = knownRows(traces);
  let after: readonly [string, number] = ['00000000-0000-0000-0000-000000000000', 0];
  for (;;) {
    const { rows } = await client.query<Chunk>(
      `select c.job_id as "jobId", j.source_id as "sourceId", c.first_ordinal as "firstOrdinal", c.places
       from row_chunks c join jobs j on j.id = c.job_id
       where j.tenant_id = $1 and (c.job_id, c.first_ordinal) > ($2, $3) order by c.job_id, c.first_ordinal limit $4`,
      [tenantId, ...after, batch],
    );
    for (const chunk of rows) {
      const found = lookThrough(chunk, traces, known.get(chunk.jobId));
      if (found !== null) yield found;
    }
    const last = rows.at(-1);
    if (rows.length < batch || last === undefined) return;
    after = [last.jobId, last.firstOrdinal];
  }
}

function lookThrough({ jobId, sourceId, firstOrdinal, places: packed }: Chunk, { externalIds }: PersonTraces, known?: ReadonlySet<string>): ChunkOfPerson | null {
  const ids = new Set(externalIds.filter((one) => one.sourceId === sourceId).map((one) => one.externalId));
  // Hardly any chunk holds one, and looking for the bytes is much quicker than taking the chunk apart.
  if (known === undefined && !holdsId(packed, ids)) return null;
  const places = unpackPlaces(packed);
  const own = places.flatMap((place, position) => (isNamed(place, ids) || known?.has(keyOf(place)) === true ? [position] : []));
  return own.length === 0 ? null : { jobId, firstOrdinal, places, own };
}

/** A group may have the id of a person. */
function isNamed({ sheet, externalId }: RowPlace, ids: ReadonlySet<string>): boolean {
  return externalId !== null && ids.has(externalId) && sheet?.trim().toLowerCase() !== 'groups';
}

function keyOf({ sheet, row }: Pick<RowPlace, 'sheet' | 'row'>): string {
  return JSON.stringify([sheet, row]);
}

function knownRows({ rows }: PersonTraces): ReadonlyMap<JobId, ReadonlySet<string>> {
  const known = new Map<JobId, Set<string>>();
  for (const place of rows) known.set(place.jobId, (known.get(place.jobId) ?? new Set()).add(keyOf(place)));
  return known;
}
