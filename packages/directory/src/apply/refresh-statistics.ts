import type { JobContext } from '../work/job-context.ts';

/** From so many new rows on, what the planner knew of a table may no longer be true; of a larger one, from a tenth of it on. */
const many = 1_000;
const share = 0.1;

const tables = [
  { name: 'users', added: 'plan_users where is_new and not refused and not skipped' },
  { name: 'claims', added: 'plan_users where (claims_email or claims_phone) and not refused' },
  { name: 'memberships', added: 'plan_memberships where added' },
  { name: 'manager_facts', added: 'plan_facts where fact_id is null' },
] as const;

const grown = `
  select array(
    select t.name from (values ${tables.map(({ name, added }) => `('${name}', (select count(*) from ${added}))`).join(', ')}) t (name, added)
    join pg_class c on c.oid = t.name::regclass
    where t.added >= ${many} and t.added >= c.reltuples * ${share}) as names`;

/**
 * Has the planner look again at tables that this job filled. The server does so by itself, but a minute later, and the next
 * file of a first load would be planned as if the tables were empty: ten thousand people then took four times as long.
 */
export async function refreshStatistics({ client }: JobContext): Promise<void> {
  const { rows } = await client.query<{ names: readonly string[] }>(grown);
  const [{ names } = { names: [] }] = rows;
  if (names.length > 0) await client.query(`analyze ${names.join(', ')}`);
}
