import { requireScope, type Authenticator, type Identity } from '@rosterport/access';
import { isFailure } from '@rosterport/domain';
import ssh2, { type AuthContext, type PublicKeyAuthContext } from 'ssh2';

/**
 * Who an attempt to log in proves to be, with the right to upload; `null` for everybody else, whatever the reason. A public
 * key without a signature only asks whether the key would do. Fails with `databaseUnavailable`.
 */
export async function identify(attempt: AuthContext, authenticator: Authenticator): Promise<Identity | null> {
  const identity = await provedBy(attempt, authenticator);
  return identity !== null && mayUpload(identity) ? identity : null;
}

async function provedBy(attempt: AuthContext, authenticator: Authenticator): Promise<Identity | null> {
  switch (attempt.method) {
    case 'password':
      return authenticator.byToken(attempt.password, attempt.username);
    case 'publickey': {
      const identity = await authenticator.byKey(attempt.username, attempt.key.data);
      return identity !== null && isSound(attempt) ? identity : null;
    }
    default:
      return null;
  }
}

/** True when the signature, if there is one, is by the key, and not over SHA-1 (`ssh-rsa`, RFC 4253 section 6.6). */
function isSound({ key: offered, hashAlgo, signature, blob }: PublicKeyAuthContext): boolean {
  const key = ssh2.utils.parseKey(offered.data);
  // The library tells the SHA-2 kinds of RSA only by their hash, and takes the name of the algorithm as it was sent.
  if (key instanceof Error || key.type !== offered.algo || (key.type === 'ssh-rsa') !== (hashAlgo !== undefined)) return false;
  if (signature === undefined) return true;
  return blob !== undefined && (key.verify(blob, signature, hashAlgo) as unknown) === true;
}

function mayUpload(identity: Identity): boolean {
  try {
    requireScope(identity, 'upload');
    return true;
  } catch (error) {
    if (isFailure(error) && error.code === 'scopeMissing') return false;
    throw error;
  }
}
