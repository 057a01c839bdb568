import { expect, test } from '@jest/globals';
import type { PublicKeyAuthContext } from 'ssh2';
import { acceptOffer } from './accept-offer.ts';

// RFC 4252, section 7, and RFC 8332, section 3: the library keeps of `rsa-sha2-512` the type of the key and the hash.
test.each([
  ['ssh-rsa', 'sha512', 'rsa-sha2-512'],
  ['ssh-rsa', 'sha256', 'rsa-sha2-256'],
  ['ssh-ed25519', undefined, 'ssh-ed25519'],
  ['ecdsa-sha2-nistp256', undefined, 'ecdsa-sha2-nistp256'],
])('an offer of %s with %s is answered with %s', (algo, hashAlgo, answered) => {
  const told: string[] = [];
  const attempt = { key: { algo, data: Buffer.alloc(0) }, hashAlgo, accept: () => told.push(attempt.key.algo) };
  acceptOffer(attempt as unknown as PublicKeyAuthContext);
  expect(told).toEqual([answered]);
});
