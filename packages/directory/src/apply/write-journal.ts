import type { JobContext } from '../work/job-context.ts';

/** SQL of an object with those of the pairs whose old and new values differ; `side` picks which of the two. */
function differing(pairs: readonly (readonly [name: string, before: string, after: string])[], side: 'o' | 'n'): string {
  const values = pairs.map(([name, before, after]) => `('${name}', to_jsonb(${before}), to_jsonb(${after}))`).join(', ');
  return `(select jsonb_object_agg(k, coalesce(${side}, 'null')) from (values ${values}) v (k, o, n) where o is distinct from n)`;
}

const userPairs = [
  ['externalId', 'u.external_id', 'p.external_id'],
  ['firstName', 'u.first_name', 'p.first_name'],
  ['lastName', 'u.last_name', 'p.last_name'],
  ['email', 'u.email', 'p.email'],
  ['phone', 'u.phone', 'p.phone'],
  ['isManager', 'u.is_manager', 'p.is_manager'],
  ['active', 'u.active', 'p.active'],
  ['language', 'u.language', 'p.language'],
  ['attributes', 'u.attributes', 'p.attributes'],
] as const;

const groupPairs = [
  ['externalId', 'g.external_id', 'p.external_id'],
  ['name', 'g.name', 'p.name'],
  ['description', 'g.description', 'p.description'],
  ['parentId', 'g.parent_id', 'p.parent_id'],
] as const;

/** People and groups: before and after of the values that change. A new record has no before. */
const recordEntries = [
  `select 'user', p.user_id, p.ordinal,
     case when p.is_new then null else ${differing(userPairs, 'o')} end, ${differing(userPairs, 'n')}
   from plan_users p left join users u on u.id = p.user_id
   where not p.refused and not p.skipped and p.changed`,
  `select 'group', p.group_id, p.ordinal,
     case when p.is_new then null else ${differing(groupPairs, 'o')} end, ${differing(groupPairs, 'n')}
   from plan_groups p left join groups g on g.id = p.group_id
   where not p.refused and (p.is_new or p.changed)`,
];

/** Links. A membership is recorded under its person, a fact under its group. */
const linkEntries = [
  `select 'membership', m.user_id, p.ordinal,
     case when m.added then null else jsonb_build_object('groupId', m.group_id) end,
     case when m.added then jsonb_build_object('groupId', m.group_id) end
   from plan_memberships m join plan_users p using (user_id)`,
  `select 'managerFact', f.group_id, f.ordinal,
     case when f.fact_id is not null then jsonb_build_object('userId', nullif(f.user_id, 0), 'by', f.manager_by, 'ref', f.manager_ref) end,
     case when f.fact_id is null then jsonb_build_object('userId', nullif(f.user_id, 0), 'by', f.manager_by, 'ref', f.manager_ref) end
   from plan_facts f`,
];

/**
 * Records before and after of every change of the plan with the row that makes it. Must run before the plan is written,
 * since it reads the values that are about to go.
 */
export async function writeJournal({ client, tenantId, jobId }: JobContext): Promise<void> {
  for (const entries of [...recordEntries, ...linkEntries]) {
    await client.query(
      `insert into journal (tenant_id, job_id, kind, record_id, sheet, row_no, before, after)
       select $1, $2, e.kind, e.record_id, r.sheet, r.row_no, e.before, e.after
       from (${entries}) e (kind, record_id, ordinal, before, after)
       left join (
         select ordinal, sheet, row_no from in_users union all select ordinal, sheet, row_no from in_groups) r using (ordinal)
       order by e.ordinal`,
      [tenantId, jobId],
    );
  }
}
