import { nameColumn } from '../prefilter/named-by-name.ts';
import type { PlanContext } from './file-facts.ts';
import { noteFindings } from './finding.ts';

/** The rows of surviving people that name a manager. */
const namedRows = `
  select r.ordinal, r.manager_by, r.manager_ref, r.manager_key, case when p.active then p.name_key end as own_key
  from plan_users p join in_users r using (external_id)
  where not p.refused and not p.skipped and r.manager_ref is not null`;

/** Many rows name few managers, so that the ids are looked up once each, and rows are looked at for those that nobody bears. */
const unknownById = `
  with unknown as materialized (
    select n.manager_ref from (select distinct r.manager_ref from in_users r where r.manager_by = 'id') n
    where not exists (select from plan_users m where m.external_id = n.manager_ref and not m.refused and not m.skipped)
      and not exists (select from users m where m.source_id = $1 and m.external_id = n.manager_ref))
  select r.ordinal, r.manager_ref as found, null as expected from (${namedRows}) r
  where r.manager_by = 'id' and r.manager_ref in (select manager_ref from unknown) and exists (select from unknown)`;

const unknownResponsible = `
  select r.ordinal, r.responsible as found, null as expected
  from plan_groups p join in_groups r using (external_id)
  where not p.refused and r.responsible is not null
    and not exists (select from plan_users m where m.external_id = r.responsible and not m.refused and not m.skipped)
    and not exists (select from users m where m.source_id = $1 and m.external_id = r.responsible)`;

/**
 * The names by which rows name managers, with how many active people will bear each: those of the file, and those of the
 * directory that it does not touch. Names are counted once each, however many rows bear them.
 */
const bearers = (name: string): string => `
  with wanted as materialized (select distinct manager_key from (${namedRows}) r where r.manager_by = 'name'),
  in_file as (
    select m.name_key, count(*) as times from plan_users m
    where m.active and not m.refused and not m.skipped group by m.name_key),
  elsewhere as (
    select u.name_key, count(*) as times from users u
    where u.tenant_id = $1 and u.active and u.${name} in (select manager_key from wanted)
      and not exists (select from plan_users m where m.user_id = u.id and not m.refused and not m.skipped)
    group by u.name_key)
  select w.manager_key, coalesce(f.times, 0) + coalesce(e.times, 0) as times
  from wanted w left join in_file f on f.name_key = w.manager_key left join elsewhere e on e.name_key = w.manager_key`;

/** What is wrong with a manager's name that nobody, several people or only the person themselves bear. */
const nameFindings = [
  { code: 'validateManagerExists', where: 'b.times = 0' },
  { code: 'validateManagerNameIsUnique', where: 'b.times > 1' },
  { code: 'validateManagerIsSomeoneElse', where: 'b.times = 1 and r.own_key = b.manager_key' },
] as const;

/** Warns of managers whom neither the file nor the directory knows, and of names that several people or only oneself bear. */
export async function warnOfManagers({ client, tenantId, sourceId, file }: PlanContext): Promise<void> {
  const unknown = 'validateManagerExists';
  await client.query(noteFindings({ code: unknown, field: 'managerId' }, unknownById), [sourceId]);
  if (file.groupRows > 0) await client.query(noteFindings({ code: unknown, field: 'responsibleManager' }, unknownResponsible), [sourceId]);
  if (!file.namesManagers) return;
  const found = bearers(await nameColumn({ client, tenantId }));
  for (const { code, where } of nameFindings) {
    await client.query(
      noteFindings(
        { code, field: 'managerName' },
        `select r.ordinal, r.manager_ref as found, null as expected
         from (${found}) b join (${namedRows}) r on r.manager_by = 'name' and r.manager_key = b.manager_key
         where ${where}`,
      ),
      [tenantId],
    );
  }
}
