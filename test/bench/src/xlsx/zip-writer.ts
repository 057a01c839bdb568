import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A part of an archive to write, as pieces of its text. */
export interface TextPart {
  readonly name: string;
  readonly pieces: Iterable<string>;
}

interface Facts {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

const localBytes = 30;

/** Writes an archive of deflated parts, in the order given and in bounded memory, and tells its size. Needs less than 4 GiB. */
export async function writeZip(path: string, parts: readonly TextPart[]): Promise<number> {
  const file = await open(path, 'w');
  try {
    const written: Facts[] = [];
    let offset = 0;
    for (const part of parts) {
      const facts = await writePart(file, part, offset);
      written.push(facts);
      offset += localBytes + facts.name.length + facts.packed;
    }
    const directory = Buffer.concat(written.flatMap((facts) => [directoryHeader(facts), facts.name]));
    const end = Buffer.concat([directory, endRecord(written.length, directory.length, offset)]);
    await file.write(end, 0, end.length, offset);
    return offset + end.length;
  } finally {
    await file.close();
  }
}

async function writePart(file: FileHandle, { name, pieces }: TextPart, offset: number): Promise<Facts> {
  const facts = { name: Buffer.from(name), offset, crc: 0, packed: 0, size: 0 };
  const start = offset + localBytes + facts.name.length;
  const bytes = function* (): Generator<Buffer> {
    for (const piece of pieces) {
      const chunk = Buffer.from(piece);
      facts.crc = crc32(chunk, facts.crc);
      facts.size += chunk.length;
      yield chunk;
    }
  };
  for await (const chunk of Readable.from(bytes()).pipe(createDeflateRaw({ chunkSize: 256 * 1024 }))) {
    const packed = chunk as Buffer;
    await file.write(packed, 0, packed.length, start + facts.packed);
    facts.packed += packed.length;
  }
  const header = Buffer.concat([localHeader(facts), facts.name]);
  await file.write(header, 0, header.length, offset);
  return facts;
}

/** The fields that both headers have. */
function fields({ name, crc, packed, size }: Facts): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(8, 4);
  header.writeUInt32LE(crc, 10);
  header.writeUInt32LE(packed, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

function localHeader(facts: Facts): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields(facts)]);
}

function directoryHeader(facts: Facts): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(facts.offset, 10);
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields(facts), rest]);
}

function endRecord(count: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
