import { BlockList, isIP } from 'node:net';
import { canonicalAddress } from './network-address.ts';

/** A set of IP networks. */
export interface Networks {
  /** As they are written in settings; a single address stands without its length. */
  readonly texts: readonly string[];
  /** True when the address, IPv4 mapped into IPv6 too, lies in one of them. False for a text that is no address. */
  has(address: string): boolean;
}

/**
 * Reads networks such as `10.0.0.0/8`, `2001:db8::/32` or single addresses. A network is written by its first address: one with
 * bits behind its length is a misprint as a rule, and none is guessed. Returns the first text that is no network.
 */
export function readNetworks(texts: readonly string[]): { readonly ok: true; readonly networks: Networks } | { readonly ok: false; readonly wrong: string } {
  const list = new BlockList();
  for (const text of texts) {
    if (!add(list, text)) return { ok: false, wrong: text };
  }
  return { ok: true, networks: { texts: [...texts], has: (address) => holds(list, address) } };
}

/** A set that holds no address. */
export const noNetworks: Networks = { texts: [], has: () => false };

function add(list: BlockList, text: string): boolean {
  const [address = '', length, more] = text.split('/');
  const version = isIP(address);
  const canonical = version === 0 || address.includes('%') ? null : canonicalAddress(address);
  if (canonical === null || more !== undefined) return false;
  const family = canonical.includes(':') ? 'ipv6' : 'ipv4';
  const bits = family === 'ipv6' ? 128 : 32;
  // A mapped network would be counted in other bits than it is written in.
  if (family === 'ipv4' && version === 6) return false;
  if (length === undefined) {
    list.addAddress(canonical, family);
    return true;
  }
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits || !isFirst(canonical, Number(length))) return false;
  list.addSubnet(canonical, Number(length), family);
  return true;
}

/** True when all bits behind the length are zero: another address of the network would be lower. */
function isFirst(address: string, length: number): boolean {
  const bits = bitsOf(address);
  return !bits.slice(length).includes('1');
}

function bitsOf(address: string): string {
  if (!address.includes(':')) return address.split('.').map((byte) => Number(byte).toString(2).padStart(8, '0')).join('');
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const [a, b, c, d] = (dotted ?? []).slice(2).map(Number);
  const hex = (high = 0, low = 0): string => (high * 256 + low).toString(16);
  const text = dotted === null ? address : `${dotted[1] ?? ''}${hex(a, b)}:${hex(c, d)}`;
  const [head = '', tail = ''] = text.split('::');
  const front = head.split(':').filter((part) => part !== '');
  const back = tail.split(':').filter((part) => part !== '');
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...zeros, ...back].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0')).join('');
}

function holds(list: BlockList, address: string): boolean {
  const canonical = canonicalAddress(address);
  return canonical !== null && list.check(canonical, canonical.includes(':') ? 'ipv6' : 'ipv4');
}
