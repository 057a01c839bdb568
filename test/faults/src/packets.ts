import { requestTypes, string, u32, u64 } from '@rosterport/sftp';

/** A packet with its length, of a type and fields that are given as they are. */
export function packet(type: keyof typeof requestTypes | number, ...fields: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat([Buffer.of(typeof type === 'number' ? type : requestTypes[type]), ...fields]);
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
export function on(type: keyof typeof requestTypes, id: number, what: string | Uint8Array): Buffer {
  return packet(type, u32(id), string(what));
}
