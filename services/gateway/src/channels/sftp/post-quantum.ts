import { ml_kem768 as mlKem768 } from '@noble/post-quantum/ml-kem.js';
import ssh2, { type KexAlgorithm } from 'ssh2';

/** The parts of ML-KEM-768 (FIPS 203) that a key exchange uses. */
interface KeyEncapsulation {
  keygen(): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  encapsulate(publicKey: Uint8Array): { readonly cipherText: Uint8Array; readonly sharedSecret: Uint8Array };
  decapsulate(cipherText: Uint8Array, secretKey: Uint8Array): Uint8Array;
}

/** What patches/ssh2@1.17.0.patch adds. */
interface PatchedUtils {
  readonly setMLKEM768?: (kem: KeyEncapsulation) => void;
}

/**
 * Makes ssh2 able to do mlkem768x25519-sha256 (draft-ietf-sshm-mlkem-hybrid-kex) and gives its name for the list of key
 * exchanges. ssh2 1.17 has none that withstands quantum computers and Node brings ML-KEM only from 24.7 on, so ssh2 is
 * patched and the algorithm comes from a library. Throws when ssh2 was installed without the patch.
 */
export function takePostQuantum(): KexAlgorithm {
  const { setMLKEM768 } = ssh2.utils as PatchedUtils;
  if (setMLKEM768 === undefined) throw new Error('ssh2 is not patched; it was installed by something else than pnpm.');
  setMLKEM768(mlKem768);
  return 'mlkem768x25519-sha256' as KexAlgorithm;
}
