import type { Database } from '@rosterport/database';
import { Failure, isId, type CredentialId, type TenantId } from '@rosterport/domain';

import { asCredential, credentialColumns, type Credential, type CredentialRow } from './credential.ts';
import { credentialValues, type NewCredential } from './new-credential.ts';
import { readPublicKey } from './public-key.ts';

/** What a key needs. */
export interface NewKey extends NewCredential {
  /** One line of OpenSSH's or an RFC 4716 file, of type ed25519, ecdsa or rsa with at least 2048 bits. */
  readonly publicKey: string;
}

/** What a further key of a credential needs; the rest is the credential's. */
export interface FurtherKey extends Pick<NewKey, 'tenantId' | 'name' | 'expiresAt' | 'networks' | 'publicKey'> {
  /** A token or key of the tenant that is not revoked, and no further key itself. */
  readonly partOf: CredentialId;
}

/**
 * Makes a credential of an SSH public key. Different tenants may have the same key.
 * Failures: `publicKeyInvalid`, `publicKeyExists` (in an unrevoked credential of the tenant), `credentialInvalid`,
 * `networkInvalid`, `notFound` (tenant or feed).
 */
export async function addKey(db: Database, wanted: NewKey): Promise<Credential> {
  return insertKey(db, { values: await credentialValues(db, wanted), publicKey: wanted.publicKey });
}

/**
 * Gives a credential one more key: whoever proves it is the same sender, with the same uploads and receipts. It has an expiry
 * and networks of its own, beside those of the credential, is revoked alone, and goes with the credential.
 * Failures: as `addKey`; `notFound` also when there is no such credential.
 */
export async function addFurtherKey(db: Database, { partOf, publicKey, ...wanted }: FurtherKey): Promise<Credential> {
  const whole = await wholeCredential(db, wanted.tenantId, partOf);
  const values = await credentialValues(db, { ...wanted, feedId: whole.feedId, scopes: whole.scopes });
  return insertKey(db, { values: { ...values, part_of: partOf }, publicKey });
}

async function insertKey(
  db: Database,
  { values, publicKey }: { readonly values: Readonly<Record<string, unknown>>; readonly publicKey: string },
): Promise<Credential> {
  const key = readPublicKey(publicKey);
  const [row] = await db
    .knex('credentials')
    .insert({ ...values, kind: 'sshKey', public_key: key.blob, fingerprint: key.fingerprint })
    .onConflict(db.knex.raw('(tenant_id, public_key) where revoked_at is null'))
    .ignore()
    .returning<CredentialRow[]>([...credentialColumns]);
  if (row === undefined) throw new Failure('publicKeyExists');
  return asCredential(row);
}

async function wholeCredential(db: Database, tenantId: TenantId, id: CredentialId): Promise<Credential> {
  const row = [tenantId, id].every(isId)
    ? await db
        .knex('credentials')
        .select([...credentialColumns])
        .where({ tenant_id: tenantId, id, revoked_at: null, part_of: null })
        .first<CredentialRow | undefined>()
    : undefined;
  if (row === undefined) throw new Failure('notFound', { values: { what: 'credential' } });
  return asCredential(row);
}
