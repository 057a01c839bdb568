import type { JobContext } from '../work/job-context.ts';

/** A row that any finding was made about is read again each time, so that it is told again. */
const withFindings = `
  update plan_users p set row_hash = null
  from findings f join in_users r on r.ordinal = f.ordinal
  where p.external_id = r.external_id and p.row_hash is not null`;

/** People of other files who name a manager by a name that somebody new bears. Those of this file were judged with it. */
const namersOfNew = `
  update users u set row_hash = null
  from plan_users p join manager_facts f on f.tenant_id = $1 and f.manager_by = 'name' and f.manager_key = p.name_key
  where p.is_new and not p.refused and not p.skipped and u.id = f.user_id and u.row_hash is not null
    and not exists (select from plan_users o where o.user_id = u.id)`;

/**
 * Settles which hashes of records are kept, and tells the triggers that drop them that this transaction does so itself, and those
 * that write down what links imply that the journal has it. Must run before the plan is written, and after its journal. With `byName` rows of the tenant name managers by name.
 */
export async function keepRowHashes({ client, tenantId }: JobContext, byName: boolean): Promise<void> {
  await client.query(withFindings);
  if (byName) await client.query(namersOfNew, [tenantId]);
  await client.query(`select set_config('rosterport.keeps_row_hashes', 'on', true), set_config('rosterport.carries_entries', 'on', true)`);
}
