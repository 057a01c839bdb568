import { isIP, SocketAddress } from 'node:net';

/**
 * An IP address in the one form in which it is compared and shown: IPv4 also where it came mapped into IPv6, IPv6 short and in
 * lower case, without a zone. `null` for a text that is none.
 */
export function canonicalAddress(text: string): string | null {
  const plain = text.replace(/%.*$/, '');
  const version = isIP(plain);
  if (version === 0) return null;
  if (version === 4) return plain;
  const { address } = new SocketAddress({ address: plain, family: 'ipv6' });
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  return mapped ?? address;
}

/**
 * The sender that an address stands for: an IPv4 address alone, and of an IPv6 address its /64 network, since whoever has one
 * address of it has all. A text that is no address comes back as it is.
 */
export function sourceOf(address: string): string {
  const canonical = canonicalAddress(address);
  if (canonical === null || !canonical.includes(':')) return canonical ?? address;
  const [head = '', tail = ''] = canonical.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = canonical.includes('::') ? Array.from({ length: 8 - groups(front) - groups(back) }, () => '0') : [];
  const network = [...front, ...zeros, ...back].slice(0, 4).join(':');
  return `${canonicalAddress(`${network}::`) ?? network}/64`;
}

/** How many groups of 16 bits the parts fill; an IPv4 address at the end fills two. */
function groups(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + (part.includes('.') ? 2 : 1), 0);
}
