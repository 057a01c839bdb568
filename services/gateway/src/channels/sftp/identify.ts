import { requireScope, type Authenticator, type Identity } from '@rosterport/access';
import { isFailure } from '@rosterport/domain';
import ssh2, { type AuthContext, type ParsedKey, type PublicKeyAuthContext } from 'ssh2';

/** Kinds of keys that can be known here, as they are named on the wire. */
const keyTypes: ReadonlySet<string> = new Set([
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
]);

/** Bytes; as long as the longest key that a tenant can have. */
const longestKey = 2_400;

/**
 * Who an attempt to log in from the address proves to be, with the right to upload; `null` for everybody else, whatever the
 * reason. Fails with `databaseUnavailable`.
 */
export async function identify(attempt: AuthContext, authenticator: Authenticator, address: string): Promise<Identity | null> {
  const identity = await provedBy(attempt, authenticator, address);
  return identity !== null && mayUpload(identity) ? identity : null;
}

/** True when the key of the attempt is of a kind that could be known, with a signature that is not over SHA-1. */
export function mayProve(attempt: PublicKeyAuthContext): boolean {
  return usableKey(attempt) !== null;
}

async function provedBy(attempt: AuthContext, authenticator: Authenticator, address: string): Promise<Identity | null> {
  switch (attempt.method) {
    case 'password':
      return authenticator.byToken(attempt.password, attempt.username, address);
    case 'publickey': {
      // Both are always done: a known key with a bad signature takes as long as an unknown one.
      const isProof = isSigned(attempt);
      const identity = await authenticator.byKey(attempt.username, attempt.key.data, address);
      return isProof ? identity : null;
    }
    default:
      return null;
  }
}

function isSigned(attempt: PublicKeyAuthContext): boolean {
  const { hashAlgo, signature, blob } = attempt;
  const key = usableKey(attempt);
  if (key === null || signature === undefined || blob === undefined) return false;
  return (key.verify(blob, signature, hashAlgo) as unknown) === true;
}

/** The key that is offered; `null` when it is damaged, of another kind, or goes with SHA-1 (`ssh-rsa`, RFC 4253 section 6.6). */
function usableKey({ key: offered, hashAlgo }: PublicKeyAuthContext): ParsedKey | null {
  if (offered.data.length > longestKey) return null;
  const key = parsed(offered.data);
  // The library tells the SHA-2 kinds of RSA only by their hash, and takes the name of the algorithm as it was sent.
  const isSound = key !== null && keyTypes.has(key.type) && key.type === offered.algo && (key.type === 'ssh-rsa') === (hashAlgo !== undefined);
  return isSound ? key : null;
}

/** The library throws at some kinds of damage, and gives an error for others. */
function parsed(blob: Buffer): ParsedKey | null {
  try {
    const key = ssh2.utils.parseKey(blob);
    return key instanceof Error ? null : key;
  } catch {
    return null;
  }
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
