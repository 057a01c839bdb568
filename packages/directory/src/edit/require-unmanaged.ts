import { Failure } from '@rosterport/domain';
import type { EditContext } from './edit-context.ts';

/** A kind of record that a source may manage. */
export type Managed = 'user' | 'group';

const codes = { user: 'userManaged', group: 'groupManaged' } as const;

/**
 * Returns when a record may be changed by hand: it was made by hand, or every feed of its source is disabled, which then
 * stays so until the transaction ends. Fails with `userManaged` or `groupManaged`, naming the source.
 */
export async function requireUnmanaged({ client }: EditContext, kind: Managed, sourceId: string | null): Promise<void> {
  if (sourceId === null) return;
  const { rows } = await client.query<{ name: string; enabled: boolean }>(
    `select s.name, f.enabled from feeds f join sources s on s.id = f.source_id where f.source_id = $1 order by f.id for share of f`,
    [sourceId],
  );
  const enabled = rows.find((feed) => feed.enabled);
  if (enabled !== undefined) throw new Failure(codes[kind], { values: { source: enabled.name } });
}
