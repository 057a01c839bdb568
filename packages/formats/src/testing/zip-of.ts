import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/** A part of an archive to build. For tests. */
export interface ZipPart {
  readonly name: string;
  readonly data: string | Uint8Array;
  /** The part as it is packed already; the data is then not asked for. */
  readonly packed?: PackedData;
  /** What the archive says about the part instead of the truth. */
  readonly lies?: { readonly crc?: number; readonly size?: number; readonly localSize?: number; readonly flags?: number; readonly method?: number };
}

/** Deflated bytes, with what an archive says about them. */
export interface PackedData {
  readonly bytes: Buffer;
  readonly size: number;
  readonly crc: number;
}

/** Deflates pieces as they come, so that their whole is never in memory. */
export async function packPieces(pieces: Iterable<string>): Promise<PackedData> {
  const deflater = createDeflateRaw({ level: 1 });
  const done = buffer(deflater);
  let size = 0;
  let crc = 0;
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    crc = crc32(bytes, crc);
    if (!deflater.write(bytes)) await once(deflater, 'drain');
  }
  deflater.end();
  return { bytes: await done, size, crc };
}

/** An archive of parts, deflated, in the order given. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, packed: given, lies = {} } of parts) {
    const bytes = Buffer.from(data);
    const packed = given?.bytes ?? deflateRawSync(bytes);
    const size = lies.size ?? given?.size ?? bytes.length;
    const facts = { name: Buffer.from(name), packed, crc: lies.crc ?? given?.crc ?? crc32(bytes), flags: lies.flags ?? 0, method: lies.method ?? 8 };
    const local = Buffer.concat([header(0x04034b50, { ...facts, size: lies.localSize ?? size }), facts.name, packed]);
    directory.push(Buffer.concat([header(0x02014b50, { ...facts, size, offset }), facts.name]));
    bodies.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  const list = Buffer.concat(directory);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

interface Facts {
  readonly name: Buffer;
  readonly packed: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly flags: number;
  readonly method: number;
  /** Only in the directory. */
  readonly offset?: number;
}

function header(signature: number, { name, packed, crc, size, flags, method, offset }: Facts): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(flags, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt32LE(crc >>> 0, 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  const start = Buffer.alloc(4);
  start.writeUInt32LE(signature);
  if (offset === undefined) return Buffer.concat([start, fields]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([start, Buffer.from([20, 0]), fields, rest]);
}
