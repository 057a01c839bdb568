import { nameColumn } from '../prefilter/named-by-name.ts';
import type { JobContext } from '../work/job-context.ts';
import type { PlanContext } from './file-facts.ts';
import { noteFindings, type FindingKind } from './finding.ts';
import { noteCirclesOfRefusedRows } from './refused-circles.ts';
import { findNamedGroups, ways } from './resolve-references.ts';

const userRows = `in_users r join in_refused f on f.kind = 'users' and f.ordinal = r.ordinal`;
const groupRows = `in_groups r join in_refused f on f.kind = 'groups' and f.ordinal = r.ordinal`;

/** What the refused rows of users name as groups. Lists that are written alike are looked into once: many rows name few groups. */
const naming = `
  select distinct on (e ->> 0, e ->> 2) e ->> 0 as by, e ->> 2 as key, e ->> 1 as value, e ->> 3 as name_key
  from (select r.groups, min(r.ordinal) as first from ${userRows} where r.groups is not null group by r.groups) g
  cross join lateral jsonb_array_elements(g.groups) e
  order by e ->> 0, e ->> 2, first`;

/** The namings of the refused rows that lead to groups in a state. Looks at no row while there is no such group. */
const namingsOf = (state: string, by: string): string => `
  select r.ordinal, p.by, p.key, p.value
  from ${userRows} cross join lateral jsonb_array_elements(r.groups) e
  join plan_references p on p.by = e ->> 0 and p.key = e ->> 2
  where p.state = '${state}' and p.by = '${by}'
    and exists (select from plan_references o where o.state = '${state}' and o.by = '${by}')`;

/** What the rows that will apply name as groups. */
const namedByOthers = `
  select e ->> 0, e ->> 2 from plan_users p cross join lateral jsonb_array_elements(p.groups) e where not p.refused and not p.skipped`;

/** What becomes of a group that nobody knows, by the wish of the feed, as SQL. */
const outcomes = {
  create: `case when (by, key) in (${namedByOthers}) then 'the file makes it' else 'the file makes it once this row is right' end`,
  skip: `'it is left out'`,
  reject: `'this feed takes no new groups'`,
};

/** Nobody of the file or of the source bears the id; the source is `$1`. */
const isUnknown = (id: string): string => `
  not exists (select from in_users m where m.external_id = ${id})
  and not exists (select from users m where m.source_id = $1 and m.external_id = ${id})`;

/** Many rows name few managers, so that the ids are looked up once each, and rows are looked at for those that nobody bears. */
const unknownById = `
  with unknown as materialized (
    select n.manager_ref from (select distinct r.manager_ref from ${userRows} where r.manager_by = 'id') n
    where ${isUnknown('n.manager_ref')})
  select r.ordinal, r.manager_ref as found, null as expected from ${userRows}
  where r.manager_by = 'id' and r.manager_ref in (select manager_ref from unknown) and exists (select from unknown)`;

/** How many active people bear each name by which refused rows name managers, be their own rows refused or not. */
const bearers = (name: string): string => `
  with wanted as materialized (select distinct r.manager_key from ${userRows} where r.manager_by = 'name'),
  in_file as (
    select m.name_key, count(distinct coalesce(m.external_id, m.ordinal::text)) as times from in_users m
    where m.active is distinct from false and m.name_key in (select manager_key from wanted) group by m.name_key),
  elsewhere as (
    select u.name_key, count(*) as times from users u
    where u.tenant_id = $2 and u.active and u.${name} in (select manager_key from wanted)
      and not exists (select from in_users m where u.source_id = $1 and m.external_id = u.external_id)
    group by u.name_key)
  select w.manager_key, coalesce(f.times, 0) + coalesce(e.times, 0) as times
  from wanted w left join in_file f on f.name_key = w.manager_key left join elsewhere e on e.name_key = w.manager_key`;

const anyRefused = `
  (select from in_repeated where refused limit 1) union all (select from plan_users where refused limit 1)
  union all (select from plan_groups where refused limit 1)`;

const refusedOf = (kind: 'users' | 'groups'): string => `
  select '${kind}', r.ordinal from in_${kind} r
  where r.valid is false or r.valid and (
    r.external_id in (select m.external_id from in_repeated m where m.kind = '${kind}' and m.refused)
    or r.external_id in (select p.external_id from plan_${kind} p where p.refused))`;

/** Puts down which rows will not apply. Returns false when all of them will. */
async function noteRefusedRows({ client, file }: PlanContext): Promise<boolean> {
  if (file.faultyRows === 0 && (await client.query(anyRefused)).rowCount === 0) return false;
  const { rowCount } = await client.query(`insert into in_refused ${refusedOf('users')} union all ${refusedOf('groups')}`);
  return rowCount !== 0;
}

async function noteGroups(context: PlanContext): Promise<void> {
  const { client, policy } = context;
  await findNamedGroups(context, naming);
  const inState = (state: string, by: string, expected: string): string =>
    `select ordinal, value as found, ${expected} as expected from (${namingsOf(state, by)}) n`;
  await client.query(noteFindings({ code: 'validateGroupNameIsUnique', field: 'groupName' }, inState('ambiguous', 'name', 'null')));
  for (const { by, field } of ways) {
    const kind: FindingKind = { code: 'validateGroupExists', field, severity: policy.unknownGroup === 'reject' ? 'error' : 'warning' };
    await client.query(noteFindings(kind, inState('unknown', by, outcomes[policy.unknownGroup])));
  }
}

async function noteManagers({ client, tenantId, sourceId, file }: PlanContext): Promise<void> {
  const unknown = (field: string): FindingKind => ({ code: 'validateManagerExists', field });
  await client.query(noteFindings(unknown('managerId'), unknownById), [sourceId]);
  const ofGroups = `select r.ordinal, r.responsible as found, null as expected from ${groupRows} where r.responsible is not null and ${isUnknown('r.responsible')}`;
  await client.query(noteFindings(unknown('responsibleManager'), ofGroups), [sourceId]);
  if (!file.namesManagers) return;
  const found = bearers(await nameColumn({ client, tenantId }));
  for (const [code, where] of [['validateManagerExists', 'b.times = 0'], ['validateManagerNameIsUnique', 'b.times > 1']] as const) {
    const byName = `select r.ordinal, r.manager_ref as found, null as expected from ${userRows} join (${found}) b using (manager_key)
      where r.manager_by = 'name' and ${where}`;
    await client.query(noteFindings({ code, field: 'managerName' }, byName), [sourceId, tenantId]);
  }
}

async function noteParents({ client, sourceId }: JobContext): Promise<void> {
  await client.query(
    noteFindings(
      { code: 'validateParentGroupExists', field: 'parentOrgUnit' },
      `select r.ordinal, r.parent as found, null as expected from ${groupRows}
       where r.parent is not null
         and not exists (select from in_groups o where o.external_id = r.parent)
         and not exists (select from plan_references n where n.by = 'id' and n.key = r.parent)
         and not exists (select from groups g where g.source_id = $1 and g.external_id = r.parent)`,
    ),
    [sourceId],
  );
}

/** Required attributes of people who are not planned; of a value that was refused something is said already. */
async function noteRequiredAttributes({ client, tenantId, sourceId, file }: PlanContext): Promise<void> {
  if (!file.hasRequired || file.inDoubt.has('active')) return;
  await client.query(
    `insert into findings (ordinal, code, severity, field, found, expected)
     select r.ordinal, 'validateExternalProperties', 'error', 'attribute:' || d.name, 'empty', 'everybody must have a value'
     from attribute_definitions d cross join ${userRows}
     left join users u on u.source_id = $2 and u.external_id = r.external_id
     where d.tenant_id = $1 and d.required and r.external_id is not null
       and coalesce(r.active, u.active or u.inactive_cause = 'absence', true)
       and not exists (select from plan_users p where p.external_id = r.external_id)
       and not exists (select from in_columns c where c.field = 'doubt:attribute:' || d.name)
       and not exists (
         select from in_users o where o.external_id = r.external_id and (o.attributes ->> d.name is not null or exists (
           select from jsonb_array_elements(o.issues) i where i ->> 'column' = d.name and i ->> 'severity' = 'error')))
       and not (u.attributes is not null and u.attributes ? d.name and r.attributes -> d.name is distinct from 'null')
       and not exists (
         select from users k where u.id is null and k.tenant_id = $1 and k.email_key = r.email_key and k.attributes ? d.name)`,
    [tenantId, sourceId],
  );
}

/**
 * Says of rows that will not apply what is wrong with them besides: unknown groups, parents and managers, ambiguous names,
 * circles of groups, and required attributes. What stands in the file counts as known here, be its own row refused: mending that row mends this too.
 */
export async function noteWhatRefusedRowsLack(context: PlanContext): Promise<void> {
  if (!(await noteRefusedRows(context))) return;
  await context.client.query('analyze in_refused');
  await noteGroups(context);
  await noteManagers(context);
  await noteParents(context);
  await noteCirclesOfRefusedRows(context);
  await noteRequiredAttributes(context);
}
