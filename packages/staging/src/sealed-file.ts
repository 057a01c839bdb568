import { Failure, type Envelope } from '@rosterport/domain';
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

/** A sealed file, open for reading. It stays readable when it is moved or removed meanwhile. */
export interface SealedFile {
  readonly envelope: Envelope;
  /** Size in bytes. */
  readonly size: number;
  /** The bytes at a position, in `into` if it is given; fewer than asked for at the end of the file. */
  read(position: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  /** All bytes from the beginning, in chunks that are the reader's own. */
  stream(): AsyncIterable<Uint8Array>;
  /** Reads all of it and fails with `stagedFileDamaged` when it is not what the envelope says. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

const chunkSize = 256 * 1024;
const passingSize = 1024 * 1024;
const smallestRead = 4_096;

/** Opens the file that the envelope describes; fails like `open` of node:fs. */
export async function openSealedFile(path: string, envelope: Envelope): Promise<SealedFile> {
  const handle = await open(path, 'r');
  const stream = (): AsyncIterable<Uint8Array> => chunksOf(handle, envelope.size);
  return {
    envelope,
    size: envelope.size,
    read: (position, length, into) => readAt(handle, position, into?.subarray(0, length) ?? new Uint8Array(length)),
    stream,
    async verify() {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of passing(handle, envelope.size)) {
        hash.update(chunk);
        size += chunk.length;
      }
      if (size === envelope.size && hash.digest('hex') === envelope.sha256) return;
      throw new Failure('stagedFileDamaged', { values: { job: envelope.jobId } });
    },
    close: () => handle.close(),
  };
}

/** All bytes, also such as lie behind those of which there should be `size`: memory is taken for what is expected. */
async function* chunksOf(handle: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    const chunk = await readAt(handle, position, new Uint8Array(Math.min(chunkSize, Math.max(size - position, smallestRead))));
    if (chunk.length === 0) return;
    yield chunk;
    position += chunk.length;
  }
}

/** The same in large chunks that are only there until the next is asked for, which is read meanwhile into the memory of the one before. */
async function* passing(handle: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  const memoryFor = (left: number): Uint8Array => new Uint8Array(Math.min(passingSize, Math.max(left, smallestRead)));
  let [memory, other] = [memoryFor(size), memoryFor(size - passingSize)];
  let next = readAt(handle, 0, memory);
  for (let position = 0; ; ) {
    const chunk = await next;
    if (chunk.length === 0) return;
    position += chunk.length;
    [memory, other] = [other, memory];
    next = readAt(handle, position, memory);
    // Whoever asks for it is told.
    next.catch(() => undefined);
    yield chunk;
  }
}

async function readAt(handle: FileHandle, position: number, buffer: Uint8Array): Promise<Uint8Array> {
  let got = 0;
  while (got < buffer.length) {
    const { bytesRead } = await handle.read(buffer, got, buffer.length - got, position + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return buffer.subarray(0, got);
}
