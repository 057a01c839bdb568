/** The numbers of the requests (draft-ietf-secsh-filexfer-02 section 3) that hostile clients use. */
export const types = {
  init: 1,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fstat: 8,
  setstat: 9,
  fsetstat: 10,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  rmdir: 15,
  realpath: 16,
  stat: 17,
  rename: 18,
  readlink: 19,
  symlink: 20,
  extended: 200,
} as const;

/** A number of 32 bits. */
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A number of 64 bits. */
export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** A string with its length. */
export function string(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([u32(bytes.length), bytes]);
}

/** A packet with its length, of a type and fields that are given as they are. */
export function packet(type: keyof typeof types | number, ...fields: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat([Buffer.of(typeof type === 'number' ? type : types[type]), ...fields]);
  return Buffer.concat([u32(body.length), body]);
}

/** INIT of version 3. */
export const init = packet('init', u32(3));

/** OPEN with these bits; by default to write, creating and cutting. */
export function open(id: number, path: string, flags = 0x1a): Buffer {
  return packet('open', u32(id), string(path), u32(flags), u32(0));
}

/** WRITE. */
export function write(id: number, handle: Uint8Array, { at, bytes }: { readonly at: number; readonly bytes: Uint8Array }): Buffer {
  return packet('write', u32(id), string(handle), u64(at), string(bytes));
}

/** READ. */
export function read(id: number, handle: Uint8Array, length: number): Buffer {
  return packet('read', u32(id), string(handle), u64(0), u32(length));
}

/** A request on a path or a handle alone. */
export function on(type: keyof typeof types, id: number, what: string | Uint8Array): Buffer {
  return packet(type, u32(id), string(what));
}
