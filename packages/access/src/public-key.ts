import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

import { Failure } from '@rosterport/domain';
import ssh2 from 'ssh2';

import { keyType, openSshKey, rfc4716Key } from './key-text.ts';

/** A public key that may be used. */
export interface PublicKey {
  /** As it travels on the wire (RFC 4253, section 6.6). */
  readonly blob: Buffer;
  /** `SHA256:…` without padding, as OpenSSH shows it. */
  readonly fingerprint: string;
}

const privateMarks = /PRIVATE KEY|PuTTY-User-Key-File|BEGIN SSH2 ENCRYPTED|b3BlbnNzaC1rZXktdjE/;

/** Longer texts are no key: a file of the longest allowed RSA key has less than 4,000 characters. */
const longestText = 16_384;

const shortestRsa = 2048;
/** OpenSSL checks no signature of a longer one. */
const longestRsa = 16_384;
/** Bytes; an RSA key of 16,384 bits has 2,071. An entry of a PostgreSQL index has room for about 2,700. */
const longestBlob = 2_400;

const usableTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
] as const;

/**
 * Reads a public key from one line of OpenSSH's or from an RFC 4716 file. Usable are ed25519, ecdsa, and rsa with 2048 to
 * 16,384 bits. Failure: `publicKeyInvalid`, which repeats nothing of the text: it may be a private key pasted by mistake.
 */
export function readPublicKey(text: string): PublicKey {
  if (privateMarks.test(text)) {
    throw refused('it is a private key, which must never leave its machine; nothing was kept. Give the public half');
  }
  if (text.length > longestText) throw refused('it is too long');
  const blob = openSshKey(text) ?? rfc4716Key(text);
  if (blob === null) throw refused('it is neither one line of OpenSSH nor an RFC 4716 file');
  requireUsableType(keyType(blob));
  requireSound(blob);
  return { blob, fingerprint: fingerprintOf(blob) };
}

/** `SHA256:…` of a key on the wire, as OpenSSH shows it. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

function requireUsableType(type: string): void {
  if ((usableTypes as readonly string[]).includes(type)) return;
  if (type === 'ssh-dss') throw refused('dsa keys are too weak');
  if (type.includes('-cert-')) throw refused('it is a certificate; give the key itself');
  if (type.startsWith('sk-')) throw refused('keys of hardware security keys are not supported');
  throw refused('its type is not known');
}

function requireSound(blob: Buffer): void {
  const key = blob.length > longestBlob ? null : parsed(blob);
  if (key === null) throw refused('it is damaged');
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits === undefined) return;
  if (bits < shortestRsa) throw refused(`an rsa key needs ${shortestRsa} bits at least, this one has ${bits}`);
  if (bits > longestRsa) throw refused(`an rsa key may have ${longestRsa} bits at most, this one has ${bits}`);
}

/**
 * The key as OpenSSL sees it; `null` when it is damaged. The SSH library's parser lets some damage pass, so the key is
 * written again and compared with what was given; at other damage it throws, as OpenSSL does.
 */
function parsed(blob: Buffer): KeyObject | null {
  try {
    const key = ssh2.utils.parseKey(blob);
    return key instanceof Error || !key.getPublicSSH().equals(blob) ? null : createPublicKey(key.getPublicPEM());
  } catch {
    return null;
  }
}

function refused(problem: string): Failure {
  return new Failure('publicKeyInvalid', { values: { problem } });
}
