import type { Database } from '@rosterport/database';
import { Failure } from '@rosterport/domain';

import { asCredential, credentialColumns, type Credential, type CredentialRow } from './credential.ts';
import { credentialValues, type NewCredential } from './new-credential.ts';
import { readPublicKey } from './public-key.ts';

/** What a key needs. */
export interface NewKey extends NewCredential {
  /** One line of OpenSSH's or an RFC 4716 file, of type ed25519, ecdsa or rsa with at least 2048 bits. */
  readonly publicKey: string;
}

/**
 * Makes a credential of an SSH public key. Different tenants may have the same key.
 * Failures: `publicKeyInvalid`, `publicKeyExists` (in an unrevoked credential of the tenant), `credentialInvalid`,
 * `notFound` (tenant or feed).
 */
export async function addKey(db: Database, wanted: NewKey): Promise<Credential> {
  const key = readPublicKey(wanted.publicKey);
  const values = await credentialValues(db, wanted);
  const [row] = await db
    .knex('credentials')
    .insert({ ...values, kind: 'sshKey', public_key: key.blob, fingerprint: key.fingerprint })
    .onConflict(db.knex.raw('(tenant_id, public_key) where revoked_at is null'))
    .ignore()
    .returning<CredentialRow[]>([...credentialColumns]);
  if (row === undefined) throw new Failure('publicKeyExists');
  return asCredential(row);
}
