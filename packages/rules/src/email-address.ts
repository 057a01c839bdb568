import { domainToASCII } from 'node:url';
import type { Reading } from './value-rule.ts';

/** What most addresses are, so that nothing has to be looked at closer or changed. */
const plainAddress = /^[A-Za-z0-9_'+-]+(?:\.[A-Za-z0-9_'+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}$/;

/** Within it all limits hold, whatever is how long. */
const shortAddress = 64;

/** The dot-atom of RFC 5322, section 3.2.3, with the letters of other scripts that RFC 6531 adds. */
const localPart = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** Two labels or more of letters, digits and hyphens (RFC 1035, section 2.3.1), the last of which is not a number. */
const asciiDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const plainAscii = /^[A-Za-z0-9.-]*$/;
/** Asked before IDNA, which would also decode `%41` and read numbers as IPv4 addresses. */
const letters = /^[\p{L}\p{N}\p{M}.\u3002-]+$/u;

/** RFC 5321, section 4.5.3.1.1, in octets. */
const longestLocalPart = 64;
/** RFC 5321, section 4.5.3.1.3: a path of 256 octets, less its two brackets. */
const longestAddress = 254;

/**
 * Understands one e-mail address in its bare form: no quotes, no brackets, no display name. The local part stays as
 * written; the domain comes back in lower-case ASCII (IDNA).
 */
export function readEmailAddress(text: string): Reading<string> {
  if (text.length <= shortAddress && plainAddress.test(text)) return { ok: true, value: text };
  const at = text.lastIndexOf('@');
  if (at < 0) return refused('an @ is missing');
  const local = text.slice(0, at);
  if (local.includes('@')) return refused('one address only');
  if (!localPart.test(local)) return refused('letters, digits and single dots before the @');
  if (octets(local) > longestLocalPart) return refused(`at most ${longestLocalPart} bytes before the @`);
  const domain = toAscii(text.slice(at + 1));
  if (!asciiDomain.test(domain)) return refused('a domain such as example.com after the @');
  if (octets(local) + 1 + domain.length > longestAddress) return refused(`at most ${longestAddress} bytes`);
  return { ok: true, value: `${local}@${domain}` };
}

/** The domain in lower-case ASCII; an empty text when it has none. */
function toAscii(domain: string): string {
  const lower = domain.toLowerCase();
  if (plainAscii.test(lower) && !lower.includes('xn--')) return lower;
  return letters.test(lower) ? domainToASCII(lower) : '';
}

function octets(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function refused(expected: string): Reading<string> {
  return { ok: false, expected };
}
