import { seekNames } from '../prefilter/named-by-name.ts';
import type { DirectoryContext } from '../work/job-context.ts';
import { keyFor } from './comparison-keys.ts';
import { definitionKind, groupKind, userKind, valueIn, type RecordKind } from './record-kinds.ts';

type Client = DirectoryContext['client'];

/** Columns that follow from values: names and e-mails in the form in which they are compared. */
const derived: Readonly<Record<RecordKind['kind'], readonly (readonly [column: string, expression: string])[]>> = {
  user: [
    ['name_key', keyFor('name', `((r.later ->> 'firstName') || ' ' || (r.later ->> 'lastName'))`)],
    ['email_key', `case when r.later ->> 'email' is not null then coalesce(${keyFor('email', `r.later ->> 'email'`)}, t.email_key) end`],
  ],
  group: [['name_key', keyFor('name', `r.later ->> 'name'`)]],
  attributeDefinition: [],
};

/** What is written of the records of one kind. */
const going = (kind: RecordKind, action: string): string =>
  `revert_records r where r.kind = '${kind.kind}' and r.action = '${action}' and r.kept is null`;

async function remove(client: Client, kind: RecordKind): Promise<void> {
  await client.query(`delete from ${kind.table} t using ${going(kind, 'remove')} and t.id = r.record_id`);
}

async function restore(client: Client, kind: RecordKind): Promise<void> {
  const columns = [
    ...kind.columns.map((column) => `${column.column} = ${valueIn('r.later', column)}`),
    ...derived[kind.kind].map(([column, expression]) => `${column} = ${expression}`),
    ...(kind === definitionKind ? [] : ['updated_at = now()']),
  ];
  await client.query(
    `update ${kind.table} t set ${columns.join(', ')} from ${going(kind, 'restore')} and t.id = r.record_id and r.later <> r.now`,
  );
}

async function makeAgain({ client, tenantId }: DirectoryContext, kind: RecordKind): Promise<void> {
  const extra = derived[kind.kind].map(([column, expression]) => [column, expression.replace('t.email_key', 'null')] as const);
  const names = [...kind.columns.map(({ column }) => column), ...extra.map(([column]) => column)];
  const values = [...kind.columns.map((column) => valueIn('r.later', column)), ...extra.map(([, expression]) => expression)];
  await client.query(
    `insert into ${kind.table} (id, tenant_id, ${names.join(', ')})
     select r.record_id, $1, ${values.join(', ')} from ${going(kind, 'recreate')} order by r.record_id`,
    [tenantId],
  );
}

/** Drops the hashes of all whose links change, so that no trigger need do so for each link while the work is done. */
async function droppingHashes(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query(
    `update users u set row_hash = null from revert_links l where l.user_id = u.id and l.kept is null and u.row_hash is not null`,
  );
  await client.query(`select set_config('rosterport.keeps_row_hashes', 'on', true)`);
  await work();
  await client.query(`select set_config('rosterport.keeps_row_hashes', '', true)`);
}

async function takeLinks({ client, sourceId }: DirectoryContext): Promise<void> {
  await client.query(
    `delete from memberships m using revert_links l
     where l.kind = 'membership' and not l.comes and l.kept is null and m.user_id = l.user_id and m.group_id = l.group_id
       and m.source_id = $1`,
    [sourceId],
  );
  await client.query('delete from manager_facts f using revert_links l where l.fact_id = f.id and l.kept is null');
}

const namesManagers = `select from revert_links l where l.manager_by = 'name' and l.comes and l.kept is null limit 1`;

async function giveLinks({ client, tenantId, sourceId }: DirectoryContext): Promise<void> {
  if ((await client.query(namesManagers)).rowCount !== 0) await seekNames({ client, tenantId });
  await client.query(
    `insert into memberships (user_id, group_id, source_id)
     select l.user_id, l.group_id, $1 from revert_links l where l.kind = 'membership' and l.comes and l.kept is null`,
    [sourceId],
  );
  await client.query(
    `insert into manager_facts (tenant_id, source_id, group_id, user_id, manager_by, manager_ref, manager_key)
     select $1, $2, l.group_id, nullif(l.user_id, 0), l.manager_by, l.manager_ref,
       case l.manager_by when 'id' then l.manager_ref else ${keyFor('name', 'l.manager_ref')} end
     from revert_links l where l.kind = 'managerFact' and l.comes and l.kept is null
     -- The same fact may be stated with the name written otherwise.
     on conflict do nothing`,
    [tenantId, sourceId],
  );
}

/** From so many records on, what the planner knew of the tables is no longer true. */
const many = 1_000;

/**
 * Writes what the revert decided. Links go first and come last, since they need both ends; ids become free before they are
 * given again; groups are made before others hang below them, and removed when nobody does any more.
 */
export async function writeRevert(context: DirectoryContext): Promise<void> {
  const { client } = context;
  await droppingHashes(client, () => takeLinks(context));
  await makeAgain(context, definitionKind);
  await restore(client, definitionKind);
  await remove(client, userKind);
  await restore(client, userKind);
  await makeAgain(context, userKind);
  await makeAgain(context, groupKind);
  await restore(client, groupKind);
  await remove(client, groupKind);
  await droppingHashes(client, () => giveLinks(context));
  await remove(client, definitionKind);
  const { rows } = await client.query<{ many: boolean }>('select count(*) >= $1 as many from revert_records', [many]);
  if (rows[0]?.many === true) await client.query('analyze users, groups, claims, memberships, manager_facts');
}
