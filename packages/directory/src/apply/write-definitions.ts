import type { PoolClient } from '@rosterport/database';
import type { AttributeChange, CredentialId, JobId, TenantId } from '@rosterport/domain';

/** By whom a definition is changed: a job, a credential, or neither when an operator does it at the host. */
export interface DefinitionAuthor {
  readonly tenantId: TenantId;
  readonly jobId?: JobId;
  readonly credentialId?: CredentialId | null;
}

/** Makes and changes definitions of attributes, with their journal entries: all of a definition before and after. */
export async function writeDefinitions(
  client: PoolClient,
  { tenantId, jobId, credentialId }: DefinitionAuthor,
  changes: readonly AttributeChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await client.query(
    `with wanted as (
       select c -> 'before' as before, c -> 'after' as after, c -> 'after' ->> 'name' as name, c -> 'after' ->> 'type' as type,
         array(select jsonb_array_elements_text(c -> 'after' -> 'options')) as options,
         (c -> 'after' ->> 'required')::boolean as required
       from jsonb_array_elements($4::jsonb) c),
     made as (
       insert into attribute_definitions (tenant_id, name, type, options, required)
       select $1, name, type, options, required from wanted where before = 'null' returning id, name),
     changed as (
       update attribute_definitions d set type = w.type, options = w.options, required = w.required
       from wanted w where w.before <> 'null' and d.tenant_id = $1 and d.name = w.name returning d.id, d.name)
     insert into journal (tenant_id, job_id, credential_id, kind, record_id, before, after)
     select $1, $2, $3, 'attributeDefinition', d.id, nullif(w.before, 'null'), w.after
     from wanted w join (select * from made union all select * from changed) d using (name)`,
    [tenantId, jobId ?? null, credentialId ?? null, JSON.stringify(changes)],
  );
}
