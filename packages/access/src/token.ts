import { createHash, randomBytes } from 'node:crypto';

const form = /^rp_[A-Za-z0-9_-]{43}$/;

/** A new token: `rp_` and 32 bytes of chance in base64url (RFC 4648, section 5) without padding. */
export function newToken(): string {
  return `rp_${randomBytes(32).toString('base64url')}`;
}

/** True when the text has the form of a token; says nothing about whether it is one. */
export function isTokenForm(text: string): boolean {
  return form.test(text);
}

/** What is kept of a token: its SHA-256. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
