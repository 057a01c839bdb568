import { Failure } from '@rosterport/domain';
import { byHand, type EditContext } from './edit-context.ts';
import { writeEntry } from './write-entry.ts';

/** The groups that a person comes into and leaves. */
export interface GroupMoves {
  /** Ids of groups. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Compares the groups that a person is to have with those that they have. Fails with `notFound` for one that is not there. */
export async function planGroups({ client, tenantId }: EditContext, userId: string, wanted: readonly string[]): Promise<GroupMoves> {
  const ids = [...new Set(wanted)];
  const known = await client.query('select id from groups where tenant_id = $1 and id = any($2::bigint[])', [tenantId, ids]);
  if (known.rows.length < ids.length) throw new Failure('notFound', { values: { what: 'group' } });
  const { rows } = await client.query<{ id: string }>('select distinct group_id::text as id from memberships where user_id = $1', [userId]);
  const has = rows.map((row) => row.id);
  return { added: ids.filter((id) => !has.includes(id)), removed: has.filter((id) => !ids.includes(id)) };
}

/**
 * Writes the moves with their journal. Who leaves a group no longer says who manages it, as with files; whoever gave the
 * membership, it goes.
 */
export async function writeGroups(context: EditContext, userId: string, { added, removed }: GroupMoves): Promise<void> {
  const { client } = context;
  for (const groupId of added) {
    await client.query('insert into memberships (user_id, group_id, source_id) values ($1, $2, $3)', [userId, groupId, byHand]);
    await writeEntry(context, { kind: 'membership', recordId: userId, before: null, after: { groupId: Number(groupId), sourceId: byHand } });
  }
  const gone = await client.query<{ groupId: number; sourceId: string }>(
    `delete from memberships where user_id = $1 and group_id = any($2::bigint[])
     returning group_id::float8 as "groupId", source_id as "sourceId"`,
    [userId, removed],
  );
  for (const before of gone.rows) await writeEntry(context, { kind: 'membership', recordId: userId, before, after: null });
  const facts = await client.query<{ groupId: string; userId: number; by: string; ref: string; sourceId: string }>(
    `delete from manager_facts where user_id = $1 and group_id = any($2::bigint[])
     returning group_id::text as "groupId", user_id::float8 as "userId", manager_by as by, manager_ref as ref, source_id as "sourceId"`,
    [userId, removed],
  );
  for (const { groupId, ...before } of facts.rows) {
    await writeEntry(context, { kind: 'managerFact', recordId: groupId, before, after: null });
  }
}
