import type { JobContext } from '../work/job-context.ts';

/** Makes the new groups and changes the others. */
export async function writeGroups({ client, tenantId, sourceId }: JobContext): Promise<void> {
  await client.query(
    `insert into groups (id, tenant_id, source_id, external_id, name, name_key, description, parent_id)
     select group_id, $1, $2, external_id, name, name_key, description, parent_id
     from plan_groups where is_new and not refused`,
    [tenantId, sourceId],
  );
  await client.query(
    `update groups g set source_id = $1, external_id = p.external_id, name = p.name, name_key = p.name_key,
       description = p.description, parent_id = p.parent_id, updated_at = now()
     from plan_groups p where p.group_id = g.id and p.changed and not p.is_new and not p.refused`,
    [sourceId],
  );
}

/** An id for an entry that a record implies; the server draws it as it does for those that are written. */
const entryId = `nextval('journal_id_seq')`;

/**
 * Changes people and makes the new ones, who may bear ids that others have just given up. Each keeps the hash of the record
 * that says so, also where it says in other bytes what was so before. With `byName` new people are found by their names.
 */
export async function writeUsers({ client, tenantId, sourceId, jobId }: JobContext, byName: boolean): Promise<void> {
  await client.query(
    `update users u set source_id = $1, external_id = p.external_id, first_name = p.first_name, last_name = p.last_name,
       name_key = p.name_key, email = p.email, email_key = p.email_key, phone = p.phone, is_manager = p.is_manager,
       active = p.active, inactive_cause = p.inactive_cause, language = p.language, attributes = p.attributes,
       row_hash = p.row_hash, updated_at = now()
     from plan_users p
     where p.user_id = u.id and p.changed and not p.is_new and not p.refused and not p.skipped`,
    [sourceId],
  );
  await client.query(
    `update users u set row_hash = p.row_hash from plan_users p
     where p.user_id = u.id and not p.changed and not p.is_new and not p.refused and not p.skipped and p.row_hash is distinct from u.row_hash`,
  );
  await client.query(
    `insert into users (id, tenant_id, source_id, external_id, first_name, last_name, name_key, sought_name, email, email_key, phone,
       is_manager, active, inactive_cause, language, attributes, row_hash, made_by, made_sheet, made_row, made_entry)
     select p.user_id, $1, $2, p.external_id, p.first_name, p.last_name, p.name_key, case when $4 then p.name_key end, p.email, p.email_key, p.phone,
       p.is_manager, p.active, p.inactive_cause, p.language, p.attributes, p.row_hash, $3, p.sheet, p.row_no, ${entryId}
     from plan_users p where p.is_new and not p.refused and not p.skipped`,
    [tenantId, sourceId, jobId, byName],
  );
}

/** Adds and removes memberships, and states, changes and withdraws the facts of who manages what. */
export async function writeLinks({ client, tenantId, sourceId }: JobContext): Promise<void> {
  await client.query(
    `delete from memberships m using plan_memberships p
     where not p.added and m.user_id = p.user_id and m.group_id = p.group_id and m.source_id = $1`,
    [sourceId],
  );
  await client.query(
    `insert into memberships (user_id, group_id, source_id, made_entry)
     select m.user_id, m.group_id, $1, case when m.made then ${entryId} end
     from plan_memberships m where m.added order by m.user_id, m.group_id`,
    [sourceId],
  );
  await client.query('delete from manager_facts f using plan_facts p where p.fact_id = f.id');
  await client.query(
    `insert into manager_facts (tenant_id, source_id, group_id, user_id, manager_by, manager_ref, manager_key, made_entry)
     select $1, $2, f.group_id, nullif(f.user_id, 0), f.manager_by, f.manager_ref, f.manager_key,
       case when f.made then ${entryId} end
     from plan_facts f where f.fact_id is null`,
    [tenantId, sourceId],
  );
}
