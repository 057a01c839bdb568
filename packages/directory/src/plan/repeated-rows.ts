import { noteFindings, rowsNamed } from './finding.ts';
import type { JobContext } from '../work/job-context.ts';
import type { PlanContext } from './file-facts.ts';

const userValues = `(values
  ('firstName', r.first_name),
  ('lastName', r.last_name),
  ('email', case when 'email' = any(r.clears) then '' else r.email_key end),
  ('phoneNumber', case when 'phone' = any(r.clears) then '' else r.phone end),
  ('isManager', case when 'isManager' = any(r.clears) then '' else r.is_manager::text end),
  ('active', r.active::text),
  ('language', case when 'language' = any(r.clears) then '' else r.language end))`;

const groupValues = `(values
  ('name', r.name),
  ('description', case when 'description' = any(r.clears) then '' else r.description end),
  ('responsibleManager', case when 'responsibleManager' = any(r.clears) then '' else r.responsible end),
  ('parentOrgUnit', case when 'parent' = any(r.clears) then '' else r.parent end))`;

/**
 * Finds the ids that stand in several rows and compares those rows: an empty cell never disagrees, and neither do groups and
 * managers, which each row gives for itself; any other disagreement, or one faulty row, refuses all rows of that id. Of a
 * faulty row the values are compared that are right.
 */
export async function compareRepeatedRows({ client, file }: PlanContext): Promise<void> {
  for (const kind of ['users', 'groups'] as const) {
    if (file[kind === 'users' ? 'userRows' : 'groupRows'] === 0) continue;
    const { rowCount } = await client.query(
      `insert into in_repeated
       select '${kind}', external_id, not bool_and(valid) from in_${kind}
       where external_id is not null group by external_id having count(*) > 1`,
    );
    if (rowCount === 0) continue;
    await client.query('analyze in_repeated');
    for (const field of await disagreeingFields({ client }, kind)) await refuseField({ client }, kind, field);
    // Counted again, since all that follows asks who is refused.
    await client.query('analyze in_repeated, findings');
    await explainRefusal({ client }, kind);
  }
}

/** The query of all disagreements: `external_id`, `field`. */
function disagreements(kind: 'users' | 'groups'): string {
  const plain = `
    select r.external_id, v.field, v.value
    from in_${kind} r join in_repeated m on m.kind = '${kind}' and m.external_id = r.external_id
    cross join lateral ${kind === 'users' ? userValues : groupValues} v (field, value)
    where v.value is not null`;
  const attributes = `
    select r.external_id, 'attribute:' || a.key, coalesce(a.value, '')
    from in_users r join in_repeated m on m.kind = 'users' and m.external_id = r.external_id
    cross join lateral jsonb_each_text(r.attributes) a`;
  const all = kind === 'users' ? `${plain} union all ${attributes}` : plain;
  return `select external_id, field from (${all}) v group by external_id, field having count(distinct value) > 1`;
}

async function disagreeingFields({ client }: Pick<JobContext, 'client'>, kind: 'users' | 'groups'): Promise<string[]> {
  const { rows } = await client.query<{ field: string }>(`select distinct field from (${disagreements(kind)}) d`);
  return rows.map((row) => row.field);
}

/** Notes the disagreement about one field on every row of the id; `expected` names the id and its rows. */
async function refuseField({ client }: Pick<JobContext, 'client'>, kind: 'users' | 'groups', field: string): Promise<void> {
  await client.query(
    `with bad as materialized (select distinct external_id from (${disagreements(kind)}) d where field = $1),
      refused as (update in_repeated m set refused = true from bad where m.kind = '${kind}' and m.external_id = bad.external_id),
      named as (select external_id, ${rowsNamed('r')} as rows from bad join in_${kind} r using (external_id) group by external_id)
     insert into findings (ordinal, code, severity, field, found, expected)
     select r.ordinal, 'validateNoConflictingRows', 'error', $1::text, null, named.external_id || ' (' || named.rows || ')'
     from named join in_${kind} r using (external_id)`,
    [field],
  );
}

/** Says on each row of a refused id that has no error of its own which row is to blame. */
async function explainRefusal({ client }: Pick<JobContext, 'client'>, kind: 'users' | 'groups'): Promise<void> {
  await client.query(
    noteFindings(
      { code: 'validateRowsTogether', field: null },
      `with faulty as (
         select r.external_id, ${rowsNamed('r')} as rows from in_${kind} r
         join in_repeated m on m.kind = '${kind}' and m.external_id = r.external_id and m.refused
         where not r.valid group by r.external_id)
       select r.ordinal, r.external_id as found, faulty.rows as expected
       from faulty join in_${kind} r using (external_id)
       where r.valid and not exists (select from findings f where f.ordinal = r.ordinal and f.severity = 'error')`,
    ),
  );
}
