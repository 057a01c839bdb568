import { Failure, nameKey } from '@rosterport/domain';
import { lockDirectory } from '../work/lock-directory.ts';
import type { EditContext, Edited } from './edit-context.ts';
import { requireUnmanaged } from './require-unmanaged.ts';
import { differing, present, writeEntry } from './write-entry.ts';

/** What a group is to have after a change by hand. What is missing stays as it is; `null` empties. Texts are proved by the rules. */
export interface GroupEdit {
  readonly name?: string;
  readonly description?: string | null;
  /** Id of the group above. */
  readonly parent?: string | null;
}

/** The group that is made by hand; a name is needed. */
export type NewGroup = GroupEdit & Required<Pick<GroupEdit, 'name'>>;

interface GroupValues {
  readonly name: string;
  readonly description: string | null;
  readonly parentId: number | null;
}

/**
 * Makes a group by hand, which belongs to no source. Takes the directory lock. Fails with `notFound` for a parent that is not
 * there, and with `valueTaken` when the parent has a group of that name already.
 */
export async function createGroup(context: EditContext, group: NewGroup): Promise<Edited> {
  const { client, tenantId } = context;
  await lockDirectory(client, tenantId);
  const values = edited({ name: '', description: null, parentId: null }, group);
  await requirePlace(context, null, values);
  const { rows } = await client.query<{ id: string }>(
    'insert into groups (tenant_id, name, name_key, description, parent_id) values ($1, $2, $3, $4, $5) returning id::text',
    [tenantId, values.name, nameKey(values.name), values.description, values.parentId],
  );
  const id = rows[0]?.id ?? '';
  await writeEntry(context, { kind: 'group', recordId: id, before: null, after: present({ ...values }) });
  return { id, changed: Object.keys(present({ ...values })) };
}

/**
 * Changes a group by hand. Takes the directory lock. Fails with `notFound`, `groupManaged` while a feed of the group's source
 * is enabled, `valueInvalid` when the group would be above itself, and as `createGroup` does.
 */
export async function editGroup(context: EditContext, id: string, edit: GroupEdit): Promise<Edited> {
  const { client, tenantId } = context;
  await lockDirectory(client, tenantId);
  const { rows } = await client.query<GroupValues & { sourceId: string | null }>(
    `select source_id as "sourceId", name, description, parent_id::float8 as "parentId" from groups where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
  const [group] = rows;
  if (group === undefined) throw missing();
  const { sourceId, ...before } = group;
  const after = edited(before, edit);
  const change = differing({ ...before }, { ...after });
  if (change === null) return { id, changed: [] };
  await requireUnmanaged(context, 'group', sourceId);
  if ('name' in change.after || 'parentId' in change.after) await requirePlace(context, id, after);
  await client.query(
    'update groups set name = $2, name_key = $3, description = $4, parent_id = $5, updated_at = now() where id = $1',
    [id, after.name, nameKey(after.name), after.description, after.parentId],
  );
  await writeEntry(context, { kind: 'group', recordId: id, ...change });
  return { id, changed: Object.keys(change.after).map((name) => (name === 'parentId' ? 'parent' : name)) };
}

function edited(before: GroupValues, { name, description, parent }: GroupEdit): GroupValues {
  return {
    name: name ?? before.name,
    description: description === undefined ? before.description : description,
    parentId: parent === undefined ? before.parentId : parent === null ? null : Number(parent),
  };
}

/** Returns when the group may stand below its parent under its name. */
async function requirePlace({ client, tenantId }: EditContext, id: string | null, { name, parentId }: GroupValues): Promise<void> {
  const above = await client.query<{ id: string }>(
    `with recursive above as (
       select g.id, g.parent_id from groups g where g.tenant_id = $1 and g.id = $2
       union select g.id, g.parent_id from groups g join above a on g.id = a.parent_id)
     select id::text from above`,
    [tenantId, parentId],
  );
  if (parentId !== null && above.rows.length === 0) throw missing();
  if (above.rows.some((row) => row.id === id)) {
    throw new Failure('valueInvalid', { values: { problem: 'validateNoGroupCycles: the group would stand below itself' } });
  }
  const { rows } = await client.query<{ id: string }>(
    `select id::text from groups where tenant_id = $1 and name_key = $2 and parent_id is not distinct from $3 and id is distinct from $4`,
    [tenantId, nameKey(name), parentId, id],
  );
  if (rows[0] === undefined) return;
  const problem = `the group with the id ${rows[0].id} has it, at the same place`;
  throw new Failure('valueTaken', { values: { field: 'name', problem } });
}

function missing(): Failure {
  return new Failure('notFound', { values: { what: 'group' } });
}
