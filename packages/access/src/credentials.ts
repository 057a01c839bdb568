import type { Database } from '@rosterport/database';
import { Failure, isId, type CredentialId, type TenantId } from '@rosterport/domain';

import { asCredential, credentialColumns, type Credential, type CredentialRow } from './credential.ts';

/** All credentials of the tenant, the revoked ones too, oldest first; none where there is no such tenant. */
export async function listCredentials(db: Database, tenantId: TenantId): Promise<readonly Credential[]> {
  if (!isId(tenantId)) return [];
  const rows = await db
    .knex<CredentialRow>('credentials')
    .select([...credentialColumns])
    .where({ tenant_id: tenantId })
    .orderBy(['created_at', 'id']);
  return rows.map(asCredential);
}

/**
 * Revokes a credential for good, with the further keys that stand for it; one that is revoked already stays as it is. From the
 * answer on, no look-up that reaches the database accepts it. Failure: `notFound`, also when it belongs to another tenant.
 */
export async function revokeCredential(
  db: Database,
  { tenantId, credentialId }: { readonly tenantId: TenantId; readonly credentialId: CredentialId },
): Promise<Credential> {
  const rows = [tenantId, credentialId].every(isId)
    ? await db
        .knex('credentials')
        .where({ tenant_id: tenantId })
        .andWhere((either) => void either.where({ id: credentialId }).orWhere({ part_of: credentialId }))
        .update({ revoked_at: db.knex.raw('coalesce(revoked_at, now())') })
        .returning<CredentialRow[]>([...credentialColumns])
    : [];
  const row = rows.find(({ id }) => id === credentialId);
  if (row === undefined) throw new Failure('notFound', { values: { what: 'credential' } });
  return asCredential(row);
}
