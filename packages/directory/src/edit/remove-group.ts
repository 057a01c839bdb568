import { Failure } from '@rosterport/domain';
import { lockDirectory } from '../work/lock-directory.ts';
import { byHand, type EditContext, type Edited } from './edit-context.ts';
import { editGroup } from './edit-group.ts';
import { present, writeEntry, type Values } from './write-entry.ts';

/** What becomes of the groups below one that is removed: it is not removed then, or they get the group above it. */
export type ChildrenOfRemoved = 'refuse' | 'moveUp';

/** A group that was removed, with the groups that were moved up. */
export interface RemovedGroup extends Edited {
  /** Ids. */
  readonly moved: readonly string[];
}

/**
 * Removes a group that was made by hand, with its memberships and what was said of its managers, all of it in the journal.
 * Takes the directory lock. Fails with `notFound`, `groupOfSource` when files made it, and `groupInUse` while an enabled feed
 * has put people into it, or while groups are below it and nothing is said of them; with `moveUp` as `editGroup` does.
 */
export async function removeGroup(context: EditContext, id: string, children: ChildrenOfRemoved): Promise<RemovedGroup> {
  const { client, tenantId } = context;
  await lockDirectory(client, tenantId);
  const { rows } = await client.query<{ source: string | null; name: string; description: string | null; parentId: number | null }>(
    `select s.name as source, g.name, g.description, g.parent_id::float8 as "parentId"
     from groups g left join sources s on s.id = g.source_id where g.tenant_id = $1 and g.id = $2`,
    [tenantId, id],
  );
  const [group] = rows;
  if (group === undefined) throw new Failure('notFound', { values: { what: 'group' } });
  const { source, ...values } = group;
  if (source !== null) throw new Failure('groupOfSource', { values: { source } });
  await requireUnused(context, id);
  const moved = await moveChildren(context, { id, parentId: values.parentId, children });
  await removeLinks(context, id);
  await client.query('delete from groups where id = $1', [id]);
  const before: Values = present(values);
  await writeEntry(context, { kind: 'group', recordId: id, before, after: null });
  return { id, changed: Object.keys(before), moved };
}

/** Files of an enabled feed would only make the group again. */
async function requireUnused({ client }: EditContext, id: string): Promise<void> {
  const { rows } = await client.query<{ source: string; people: number }>(
    `select s.name as source, count(*)::int as people
     from (select source_id, user_id from memberships where group_id = $1
       union select source_id, user_id from manager_facts where group_id = $1) l
     join sources s on s.id = l.source_id
     where l.source_id <> $2 and exists (select from feeds f where f.source_id = l.source_id and f.enabled)
     group by s.name order by s.name`,
    [id, byHand],
  );
  if (rows.length === 0) return;
  const named = rows.map(({ source, people }) => `${people === 1 ? '1 person is' : `${people} people are`} in it by files of the source \`${source}\``);
  throw new Failure('groupInUse', { values: { problem: named.join(', ') } });
}

const mostNamed = 5;

async function moveChildren(
  context: EditContext,
  { id, parentId, children }: { readonly id: string; readonly parentId: number | null; readonly children: ChildrenOfRemoved },
): Promise<readonly string[]> {
  const { client } = context;
  const { rows } = await client.query<{ id: string }>('select id::text from groups where parent_id = $1 order by id', [id]);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0 && children === 'refuse') {
    const rest = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : '';
    const below = ids.length === 1 ? 'the group with the id' : 'the groups with the ids';
    throw new Failure('groupInUse', { values: { problem: `${below} ${ids.slice(0, mostNamed).join(', ')}${rest} ${ids.length === 1 ? 'is' : 'are'} below it` } });
  }
  // The group is going, so a child may get its name at its place; no name has an empty key.
  await client.query(`update groups set name_key = '' where id = $1`, [id]);
  for (const child of ids) await editGroup(context, child, { parent: parentId === null ? null : String(parentId) });
  return ids;
}

async function removeLinks({ client, tenantId, credentialId }: EditContext, id: string): Promise<void> {
  const journal = 'insert into journal (tenant_id, credential_id, kind, record_id, before)';
  await client.query(
    `with gone as (delete from memberships where group_id = $3 returning user_id, group_id, source_id)
     ${journal} select $1, $2, 'membership', user_id, jsonb_build_object('groupId', group_id, 'sourceId', source_id) from gone`,
    [tenantId, credentialId, id],
  );
  await client.query(
    `with gone as (delete from manager_facts where group_id = $3 returning user_id, group_id, manager_by, manager_ref, source_id)
     ${journal} select $1, $2, 'managerFact', group_id,
       jsonb_build_object('userId', user_id, 'by', manager_by, 'ref', manager_ref, 'sourceId', source_id) from gone`,
    [tenantId, credentialId, id],
  );
}
