import type { Database } from '@rosterport/database';

import { asCredential, credentialColumns, type Credential, type CredentialRow } from './credential.ts';
import { credentialValues, type NewCredential } from './new-credential.ts';
import { newToken, tokenHash } from './token.ts';

/** What a token needs. */
export type NewToken = NewCredential;

/**
 * Makes an API token, which is the SFTP password too. The answer is the only place where the token ever stands: the
 * database keeps its SHA-256. Failures: `credentialInvalid`, `notFound` (tenant or feed).
 */
export async function issueToken(
  db: Database,
  wanted: NewToken,
): Promise<{ readonly credential: Credential; readonly token: string }> {
  const values = await credentialValues(db, wanted);
  const token = newToken();
  const [row] = (await db
    .knex('credentials')
    .insert({ ...values, kind: 'token', token_hash: tokenHash(token) })
    .returning([...credentialColumns])) as [CredentialRow];
  return { credential: asCredential(row), token };
}
