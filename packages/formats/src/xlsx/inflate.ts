import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

import type { Entry } from 'yauzl';

import { chunksOf, type ByteSource } from '../byte-source.ts';
import type { FormatLimits } from '../limits.ts';
import { beyondLimit, damaged } from '../unreadable.ts';

/** How much of an archive was unpacked so far. */
export interface Unpacking {
  readonly limits: FormatLimits;
  inflated: number;
}

/** A part of an archive and where its packed bytes begin. */
export interface PackedPart {
  readonly source: ByteSource;
  readonly entry: Entry;
  readonly name: string;
  readonly start: number;
}

const ratioMatters = 16 * 1024 * 1024;
const stored = 0;
const deflated = 8;

/**
 * Unpacks a part, counting what comes out instead of trusting the sizes that the archive declares. Throws when the part
 * goes beyond a limit, and at its end when size or checksum are not the declared ones.
 */
export async function* inflatedBytes(part: PackedPart, unpacking: Unpacking): AsyncGenerator<Uint8Array> {
  const { entry, name } = part;
  const { limits } = unpacking;
  let size = 0;
  let sum = 0;
  for await (const chunk of unpacked(part)) {
    size += chunk.length;
    unpacking.inflated += chunk.length;
    if (unpacking.inflated > limits.maxInflatedBytes) throw beyondLimit(`more than ${limits.maxInflatedBytes} bytes when unpacked`);
    if (size > ratioMatters && size > entry.compressedSize * limits.maxInflationRatio) {
      throw beyondLimit(`a part grows to more than ${limits.maxInflationRatio} times its size when unpacked`);
    }
    if (size > entry.uncompressedSize) break;
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (size !== entry.uncompressedSize || sum !== entry.crc32) throw damaged(`its part ${name} is not the one that was packed`);
}

async function* unpacked({ source, entry, name, start }: PackedPart): AsyncGenerator<Uint8Array> {
  if (start + entry.compressedSize > source.size) throw damaged(`its part ${name} is cut off`);
  const packed = chunksOf({ size: entry.compressedSize, read: (position, length) => source.read(start + position, length) });
  if (entry.compressionMethod === stored) yield* packed;
  else if (entry.compressionMethod === deflated) yield* inflate(packed, name);
  else throw damaged(`its part ${name} is packed in a way that workbooks do not use`);
}

async function* inflate(packed: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw({ chunkSize: 256 * 1024 });
  // The error arrives where the inflater is read; the callback is only there because pipeline wants one.
  pipeline(Readable.from(packed), inflater, () => undefined);
  try {
    for await (const chunk of inflater) yield chunk as Uint8Array;
  } catch (error) {
    if (isZlibError(error)) throw damaged(`its part ${name} cannot be unpacked`, error);
    throw error;
  } finally {
    inflater.destroy();
  }
}

function isZlibError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
}
