import type { JobContext } from '../work/job-context.ts';
import { noteFindings } from './finding.ts';

/** The people of the tenant as they will be after the file: external id within the source, name, active. */
const namedRows = `
  select r.ordinal, r.manager_by, r.manager_ref, r.manager_key
  from plan_users p join in_users r using (external_id)
  where not p.refused and not p.skipped and r.manager_ref is not null`;

const unknownById = `
  select r.ordinal, r.manager_ref as found, null as expected from (${namedRows}) r
  where r.manager_by = 'id'
    and not exists (select from plan_users m where m.external_id = r.manager_ref and not m.refused and not m.skipped)
    and not exists (select from users m where m.source_id = $1 and m.external_id = r.manager_ref)`;

const unknownResponsible = `
  select r.ordinal, r.responsible as found, null as expected
  from plan_groups p join in_groups r using (external_id)
  where not p.refused and r.responsible is not null
    and not exists (select from plan_users m where m.external_id = r.responsible and not m.refused and not m.skipped)
    and not exists (select from users m where m.source_id = $1 and m.external_id = r.responsible)`;

/** How many active people will bear the name: those of the file, and those of the directory that it does not touch. */
const bearers = `
  select r.ordinal, r.manager_ref, r.manager_key,
    (select count(*) from plan_users m where m.name_key = r.manager_key and m.active and not m.refused and not m.skipped)
    + (select count(*) from users u where u.tenant_id = $1 and u.name_key = r.manager_key and u.active
        and not exists (select from plan_users m where m.user_id = u.id and not m.refused and not m.skipped)) as bearers
  from (${namedRows}) r where r.manager_by = 'name'`;

/** Warns of managers whom neither the file nor the directory knows, and of names that several people bear. */
export async function warnOfManagers({ client, tenantId, sourceId }: JobContext): Promise<void> {
  const unknown = 'validateManagerExists';
  await client.query(noteFindings({ code: unknown, field: 'managerId' }, unknownById), [sourceId]);
  await client.query(noteFindings({ code: unknown, field: 'responsibleManager' }, unknownResponsible), [sourceId]);
  const byName = await client.query(`select from in_users where manager_by = 'name' limit 1`);
  if (byName.rowCount === 0) return;
  await client.query('create index on plan_users (name_key)');
  await client.query(
    noteFindings(
      { code: unknown, field: 'managerName' },
      `select ordinal, manager_ref as found, null as expected from (${bearers}) b where bearers = 0`,
    ),
    [tenantId],
  );
  await client.query(
    noteFindings(
      { code: 'validateManagerNameIsUnique', field: 'managerName' },
      `select ordinal, manager_ref as found, null as expected from (${bearers}) b where bearers > 1`,
    ),
    [tenantId],
  );
}
