import { u32, u64 } from './fields.ts';
import type { PacketReader } from './packet-reader.ts';

/** What is known of a file, or what a client wishes it to be. Absent means unknown, or not to be changed. */
export interface SftpAttributes {
  /** Bytes. */
  readonly size?: number;
  /** User and group travel together. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Type and permission bits as POSIX has them (`S_IFREG`, `S_IFDIR`). */
  readonly mode?: number;
  /** Seconds since 1970; both times travel together. */
  readonly times?: { readonly accessed: number; readonly modified: number };
}

const hasSize = 0x1;
const hasOwner = 0x2;
const hasMode = 0x4;
const hasTimes = 0x8;
const hasExtended = 0x80000000;

/**
 * Reads attributes (draft-ietf-secsh-filexfer-02 section 5). Extended pairs are read over: nobody sends them, and their
 * count is bounded by the packet, not believed.
 */
export function decodeAttributes(reader: PacketReader): SftpAttributes {
  const flags = reader.u32();
  const attributes: { -readonly [K in keyof SftpAttributes]: SftpAttributes[K] } = {};
  if (flags & hasSize) attributes.size = reader.u64();
  if (flags & hasOwner) attributes.owner = { uid: reader.u32(), gid: reader.u32() };
  if (flags & hasMode) attributes.mode = reader.u32();
  if (flags & hasTimes) attributes.times = { accessed: reader.u32(), modified: reader.u32() };
  if (flags & hasExtended) {
    for (let left = reader.u32(); left > 0; left -= 1) {
      reader.bytes();
      reader.bytes();
    }
  }
  return attributes;
}

/** Writes attributes (draft-ietf-secsh-filexfer-02 section 5). */
export function encodeAttributes(attributes: SftpAttributes): Buffer {
  const { size, owner, mode, times } = attributes;
  let flags = 0;
  const fields: Buffer[] = [];
  if (size !== undefined) {
    flags |= hasSize;
    fields.push(u64(size));
  }
  if (owner !== undefined) {
    flags |= hasOwner;
    fields.push(u32(owner.uid), u32(owner.gid));
  }
  if (mode !== undefined) {
    flags |= hasMode;
    fields.push(u32(mode));
  }
  if (times !== undefined) {
    flags |= hasTimes;
    fields.push(u32(times.accessed), u32(times.modified));
  }
  return Buffer.concat([u32(flags), ...fields]);
}
