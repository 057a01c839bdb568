import type { JobContext } from '../work/job-context.ts';

/** From so many new rows on, what the planner knew of a table is no longer true. */
const many = 1_000;

const tables = [
  { name: 'users', added: 'select from plan_users where is_new and not refused and not skipped' },
  { name: 'claims', added: 'select from plan_users where (claims_email or claims_phone) and not refused' },
  { name: 'memberships', added: 'select from plan_memberships where added' },
  { name: 'manager_facts', added: 'select from plan_facts where fact_id is null' },
] as const;

/**
 * Has the planner look again at tables that this job filled. The server does so by itself, but a minute later, and the next
 * file of a first load would be planned as if the tables were empty: ten thousand people then took four times as long.
 */
export async function refreshStatistics({ client }: JobContext): Promise<void> {
  for (const { name, added } of tables) {
    const { rowCount } = await client.query(`${added} limit 1 offset ${many - 1}`);
    if (rowCount === 1) await client.query(`analyze ${name}`);
  }
}
