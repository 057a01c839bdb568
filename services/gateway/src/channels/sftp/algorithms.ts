import ssh2, { type Algorithms, type KexAlgorithm } from 'ssh2';
import { takePostQuantum } from './post-quantum.ts';

/** What an operator may choose about the SSH transport. */
export interface TransportOptions {
  /** Offers the post-quantum key exchange first; true unless told. */
  readonly postQuantum?: boolean;
  /**
   * Offers key exchange and a host key on the NIST curves too, for clients that know nothing newer (JSch 0.1); true unless
   * told. Audits mark these curves down, though no weakness of theirs is known.
   */
  readonly nistCurves?: boolean;
}

/** The part of a server's configuration that decides how it speaks. */
export interface Transport {
  readonly hostKeys: string[];
  readonly algorithms: Algorithms;
}

const curve25519: readonly KexAlgorithm[] = ['curve25519-sha256', 'curve25519-sha256@libssh.org'];
const nist: readonly KexAlgorithm[] = ['ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521'];

/**
 * What the SSH transport offers, best first, and the host keys for it. Group exchange is left out because ssh2 names it
 * without serving it, finite field groups because each handshake would block the process, everything with SHA-1, and
 * compression because it is undone before anybody has logged in. AES-GCM comes before ChaCha20: it is the faster one here.
 * MACs that are not encrypt-then-MAC stay for libssh2 (curl) and PuTTY before 0.79.
 */
export function transportFor(hostKeys: readonly string[], options: TransportOptions = {}): Transport {
  const { postQuantum = true, nistCurves = true } = options;
  return {
    // ssh2 offers every host key that it is given, whatever the list below says.
    hostKeys: hostKeys.filter((key) => nistCurves || typeOf(key) === 'ssh-ed25519'),
    algorithms: {
      kex: [...(postQuantum ? [takePostQuantum()] : []), ...curve25519, ...(nistCurves ? nist : [])],
      serverHostKey: ['ssh-ed25519', ...(nistCurves ? (['ecdsa-sha2-nistp256'] as const) : [])],
      cipher: [
        'aes128-gcm@openssh.com',
        'aes256-gcm@openssh.com',
        'chacha20-poly1305@openssh.com',
        'aes128-ctr',
        'aes256-ctr',
      ],
      hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
      compress: ['none'],
    },
  };
}

function typeOf(key: string): string | undefined {
  const parsed = ssh2.utils.parseKey(key);
  return parsed instanceof Error ? undefined : parsed.type;
}
