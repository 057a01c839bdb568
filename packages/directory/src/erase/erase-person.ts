import { emailKey, nameKey, type PersonTraces } from '@rosterport/domain';
import type { EditContext } from '../edit/edit-context.ts';
import { giveUpClaims } from '../edit/claim-values.ts';
import { keyOfName } from './person-traces.ts';

type Place = Pick<EditContext, 'client' | 'tenantId'>;

/**
 * Removes a person from the directory: the record with its memberships, what it says and what others say of it as a manager,
 * and what it holds. The journal's entries about the record stay without any value, so that what a job did can still be
 * counted; those about its links go. So do those of plans that were kept. The directory lock must be held. Returns how many
 * entries of the journal were emptied or removed.
 */
export async function erasePerson(place: Place, traces: PersonTraces): Promise<number> {
  const { client } = place;
  // First what is in the directory: entries of the journal that it implies are written when it goes.
  await removeFacts(place, traces);
  await giveUpClaims(place, traces.userId, { email: null, phone: null });
  await client.query(
    `delete from memberships m using users u where m.user_id = u.id and u.tenant_id = $1 and u.id = $2`,
    [place.tenantId, traces.userId],
  );
  await client.query('delete from users where tenant_id = $1 and id = $2', [place.tenantId, traces.userId]);
  await removePlanned(place, traces);
  return (await emptyEntries(place, traces)) + (await removeLinks(place, traces));
}

/** An entry of somebody who was made, changed or removed can still be told from the others; the last brings nobody back. */
async function emptyEntries({ client, tenantId }: Place, { userId }: PersonTraces): Promise<number> {
  const { rowCount } = await client.query(
    `update journal set after = case when after is not null then '{}'::jsonb end,
       before = case when before is not null and after is not null then '{}'::jsonb end
     where tenant_id = $1 and kind = 'user' and record_id = $2`,
    [tenantId, userId],
  );
  return rowCount ?? 0;
}

/** SQL of the condition that a fact, as jsonb, is stated by the person's row or names the person. */
const aboutPerson = (fact: string, source: string): string => `(
  (${fact} ->> 'userId')::bigint = $2
  or ${fact} ->> 'by' = 'id' and (${source}, ${fact} ->> 'ref') in (select * from unnest($3::uuid[], $4::text[]))
  or ${fact} ->> 'by' = 'name' and ${fact} ->> 'ref' = any($5))`;

async function parametersOf(place: Place, traces: PersonTraces, table: 'journal' | 'planned_changes'): Promise<readonly unknown[]> {
  return [place.tenantId, traces.userId, ...idsOf(traces), await writtenNames(place, traces, table)];
}

async function removeLinks(place: Place, traces: PersonTraces): Promise<number> {
  const { client } = place;
  // An entry may carry another one.
  const { rows } = await client.query<{ count: number }>(
    `with gone as (delete from journal where id in (
       select e.id from journal e left join jobs j on j.id = e.job_id
       where e.tenant_id = $1 and (e.kind = 'membership' and e.record_id = $2
         or e.kind = 'managerFact' and ${aboutPerson('coalesce(e.after, e.before)', `coalesce(j.source_id, (coalesce(e.after, e.before) ->> 'sourceId')::uuid)`)}))
       returning made_entry)
     select (count(*) + count(made_entry))::int as count from gone`,
    [...(await parametersOf(place, traces, 'journal'))],
  );
  return rows[0]?.count ?? 0;
}

/** Plans name people whom they would make, under ids that nobody has got yet. */
async function removePlanned(place: Place, traces: PersonTraces): Promise<void> {
  const { emails, phones, names } = traces;
  const fullNames = names.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  await place.client.query(
    `with own as materialized (
       select distinct e.job_id, e.record_id from planned_changes e join jobs j on j.id = e.job_id
       where j.tenant_id = $1 and e.kind in ('user', 'membership') and (e.record_id = $2
         or (j.source_id, e.label ->> 'externalId') in (select * from unnest($3::uuid[], $4::text[]))
         or e.label ->> 'name' = any($8)
         or lower(e.after ->> 'email') = any($6) or lower(e.before ->> 'email') = any($6)
         or e.after ->> 'phone' = any($7) or e.before ->> 'phone' = any($7)))
     delete from planned_changes where id in (
       select e.id from planned_changes e join own using (job_id)
       where e.kind in ('user', 'membership') and e.record_id = own.record_id
         or e.kind = 'managerFact' and (coalesce(e.after, e.before) ->> 'userId')::bigint = own.record_id
       union
       select e.id from planned_changes e join jobs j on j.id = e.job_id
       where j.tenant_id = $1 and e.kind = 'managerFact' and ${aboutPerson('coalesce(e.after, e.before)', 'j.source_id')})`,
    [...(await parametersOf(place, traces, 'planned_changes')), emails.map(emailKey), phones, fullNames],
  );
}

async function removeFacts({ client, tenantId }: Place, traces: PersonTraces): Promise<void> {
  await client.query(
    `delete from manager_facts where tenant_id = $1 and (user_id = $2
       or manager_by = 'id' and (source_id, manager_ref) in (select * from unnest($3::uuid[], $4::text[]))
       or manager_by = 'name' and manager_key = any($5))`,
    [tenantId, traces.userId, ...idsOf(traces), traces.names.map(keyOfName)],
  );
}

function idsOf({ externalIds }: PersonTraces): readonly [readonly string[], readonly string[]] {
  return [externalIds.map((one) => one.sourceId), externalIds.map((one) => one.externalId)];
}

/** The ways in which entries write the person's name as that of a manager: they keep it as the file gave it. */
async function writtenNames({ client, tenantId }: Place, { names }: PersonTraces, table: 'journal' | 'planned_changes'): Promise<readonly string[]> {
  const keys = new Set(names.map(keyOfName));
  if (keys.size === 0) return [];
  const own = table === 'journal' ? 'e.tenant_id = $1' : 'exists (select from jobs j where j.id = e.job_id and j.tenant_id = $1)';
  const { rows } = await client.query<{ ref: string }>(
    `select distinct coalesce(e.after, e.before) ->> 'ref' as ref from ${table} e
     where ${own} and e.kind = 'managerFact' and coalesce(e.after, e.before) ->> 'by' = 'name'`,
    [tenantId],
  );
  return rows.map(({ ref }) => ref).filter((ref) => keys.has(nameKey(ref)));
}
