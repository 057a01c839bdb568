import { encodeAttributes, type SftpAttributes } from '../attributes.ts';
import { string, u32, u64 } from '../fields.ts';
import { requestTypes } from '../packet-types.ts';

type Field = Buffer | number | string;

/** A packet as a client sends it, length included: numbers are 32 bits, texts are strings. */
export function request(type: keyof typeof requestTypes | number, ...fields: readonly Field[]): Buffer {
  const body = Buffer.concat([
    Buffer.of(typeof type === 'number' ? type : requestTypes[type]),
    ...fields.map((field) => (typeof field === 'number' ? u32(field) : Buffer.isBuffer(field) ? field : string(field))),
  ]);
  return Buffer.concat([u32(body.length), body]);
}

/** INIT of version 3. */
export const init = request('init', 3);

/** The bits of OPEN. */
export const flag = { read: 1, write: 2, append: 4, create: 8, truncate: 16, exclusive: 32 };

/** OPEN to write; by default creating and cutting, as `put` does. */
export function open(id: number, path: string, flags = flag.write | flag.create | flag.truncate): Buffer {
  return request('open', id, path, flags, attributes({}));
}

/** WRITE. */
export function write(id: number, handle: Buffer, [position, bytes]: readonly [number, Buffer | string]): Buffer {
  return request('write', id, string(handle), u64(position), string(bytes));
}

/** A request about a handle. */
export function on(type: 'close' | 'fstat' | 'readdir', id: number, handle: Buffer): Buffer {
  return request(type, id, string(handle));
}

/** Attributes as a field. */
export function attributes(value: SftpAttributes): Buffer {
  return encodeAttributes(value);
}
