import type { PoolClient } from '@rosterport/database';
import { Failure, type AttributeDefinition } from '@rosterport/domain';
import type { DefinitionAuthor } from '../apply/write-definitions.ts';
import { lockDirectory } from '../work/lock-directory.ts';
import { findAttribute } from './find-attribute.ts';

/**
 * Removes the definition of an attribute of which nobody has a value, active or not, in the caller's transaction, with its
 * journal entry. Returns what it was. Fails with `notFound` and `attributeInUse`.
 */
export async function removeAttribute(client: PoolClient, name: string, author: DefinitionAuthor): Promise<AttributeDefinition> {
  const { tenantId, jobId, credentialId } = author;
  await lockDirectory(client, tenantId);
  const before = await findAttribute(client, tenantId, name);
  if (before === null) throw new Failure('notFound', { values: { what: 'attribute' } });
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from users where tenant_id = $1 and attributes ? $2',
    [tenantId, name],
  );
  const count = rows[0]?.count ?? 0;
  if (count > 0) throw new Failure('attributeInUse', { values: { people: count === 1 ? '1 person' : `${count} people` } });
  await client.query(
    `with removed as (delete from attribute_definitions where tenant_id = $1 and name = $2 returning id)
     insert into journal (tenant_id, job_id, credential_id, kind, record_id, before)
     select $1, $3, $4, 'attributeDefinition', id, $5::jsonb from removed`,
    [tenantId, name, jobId ?? null, credentialId ?? null, JSON.stringify(before)],
  );
  return before;
}
