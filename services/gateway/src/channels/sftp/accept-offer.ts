import type { PublicKeyAuthContext } from 'ssh2';

/**
 * Says that a signature by the offered key would be looked at. The answer names the algorithm of the request (RFC 4252,
 * section 7): asyncssh and older programs in Go break off when it names only the type of the key, which is all that the
 * library keeps of RSA.
 */
export function acceptOffer(attempt: PublicKeyAuthContext): void {
  if (attempt.hashAlgo !== undefined) attempt.key.algo = attempt.hashAlgo === 'sha512' ? 'rsa-sha2-512' : 'rsa-sha2-256';
  attempt.accept();
}
