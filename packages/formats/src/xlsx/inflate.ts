import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';

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
/** How much is unpacked at a time. A part of that size is unpacked where it is read: a stream and another thread take longer than that. */
const pieceBytes = 256 * 1024;
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
  if (size !== entry.uncompressedSize || sum !== entry.crc32) throw otherPart(name);
}

function otherPart(name: string): Error {
  return damaged(`its part ${name} is not the one that was packed`);
}

async function* unpacked(part: PackedPart): AsyncGenerator<Uint8Array> {
  const { source, entry, name, start } = part;
  if (start + entry.compressedSize > source.size) throw damaged(`its part ${name} is cut off`);
  const packed = chunksOf({ size: entry.compressedSize, read: (position, length) => source.read(start + position, length) });
  const isSmall = entry.compressedSize <= pieceBytes && entry.uncompressedSize <= pieceBytes;
  if (entry.compressionMethod === stored) yield* packed;
  else if (entry.compressionMethod === deflated && isSmall) yield await inflatedAtOnce(part);
  else if (entry.compressionMethod === deflated) yield* inflate(packed, name);
  else throw damaged(`its part ${name} is packed in a way that workbooks do not use`);
}

async function inflatedAtOnce({ source, entry, name, start }: PackedPart): Promise<Uint8Array> {
  const packed = await source.read(start, entry.compressedSize);
  // A byte more than declared, to see that it is more.
  const most = entry.uncompressedSize + 1;
  try {
    return inflateRawSync(packed, { maxOutputLength: most, chunkSize: Math.max(most, 64) });
  } catch (error) {
    if (isError(error, 'ERR_BUFFER_TOO_LARGE')) throw otherPart(name);
    if (isError(error, 'Z_')) throw damaged(`its part ${name} cannot be unpacked`, error);
    throw error;
  }
}

async function* inflate(packed: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw({ chunkSize: pieceBytes });
  // The error arrives where the inflater is read; the callback is only there because pipeline wants one.
  pipeline(Readable.from(packed), inflater, () => undefined);
  try {
    for await (const chunk of inflater) yield chunk as Uint8Array;
  } catch (error) {
    if (isError(error, 'Z_')) throw damaged(`its part ${name} cannot be unpacked`, error);
    throw error;
  } finally {
    inflater.destroy();
  }
}

function isError(error: unknown, codeStart: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith(codeStart);
}
