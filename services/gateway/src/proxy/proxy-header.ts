import { canonicalAddress } from '@rosterport/runtime';

/** What the bytes at the beginning of a connection are. */
export type ProxyHeader =
  /** More of them are needed to tell. */
  | { readonly kind: 'unfinished' }
  /** No header of version 2, or one that is damaged or too long. */
  | { readonly kind: 'wrong' }
  /** A whole one of so many bytes; without an address, the connection is the proxy's own, such as its check of our health. */
  | { readonly kind: 'whole'; readonly length: number; readonly address: string | null };

/** The first bytes of every header of version 2 (haproxy's proxy-protocol.txt, section 2.2). */
const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');

/** The header of a connection that a proxy makes for itself, as a check of our health is. */
export const ownProxyHeader: Uint8Array = Buffer.concat([signature, Buffer.of(0x20, 0, 0, 0)]);

/** Signature, version and command, family, length. */
const fixedBytes = 16;

/** Of what follows them; addresses take 216 at most, the rest is for extras that nobody here reads. */
const mostBytes = 4_096;

const families: Readonly<Record<number, { readonly addressBytes: number; readonly bytes: number }>> = {
  0x11: { addressBytes: 4, bytes: 12 },
  0x21: { addressBytes: 16, bytes: 36 },
};

const unfinished = { kind: 'unfinished' } as const;
const wrong = { kind: 'wrong' } as const;

/**
 * Reads a PROXY protocol header of version 2, as HAProxy, AWS and others send it before the first byte of a client. Version 1
 * is not read: it is text of no bounded meaning, and nobody needs it. A command or family that is not known is wrong,
 * except for the families that the specification lets a server pass over.
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const start = bytes.subarray(0, signature.length);
  if (!start.equals(signature.subarray(0, start.length))) return wrong;
  if (bytes.length < fixedBytes) return unfinished;
  const [versionAndCommand = 0, family = 0] = bytes.subarray(12, 14);
  const following = bytes.readUInt16BE(14);
  const length = fixedBytes + following;
  if (following > mostBytes || (versionAndCommand !== 0x20 && versionAndCommand !== 0x21)) return wrong;
  if (bytes.length < length) return unfinished;
  if (versionAndCommand === 0x20) return { kind: 'whole', length, address: null };
  const layout = families[family];
  // Unspecified, or a UNIX socket: there is no address to go by.
  if (layout === undefined) return [0x00, 0x31, 0x32].includes(family) ? { kind: 'whole', length, address: null } : wrong;
  if (following < layout.bytes) return wrong;
  const address = textOf(bytes.subarray(fixedBytes, fixedBytes + layout.addressBytes));
  return address === null ? wrong : { kind: 'whole', length, address };
}

function textOf(address: Buffer): string | null {
  if (address.length === 4) return [...address].join('.');
  const groups = Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16));
  return canonicalAddress(groups.join(':'));
}
