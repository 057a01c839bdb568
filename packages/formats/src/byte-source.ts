/** Bytes that can be read anywhere; implemented by the caller (a sealed file on disk, a buffer). */
export interface ByteSource {
  /** How many bytes there are. */
  readonly size: number;
  /**
   * The bytes from a position on; fewer than asked for only at the end. They may be put at the beginning of `into`, which is as long
   * and nobody else's until then. Rejects with a failure when they cannot be read.
   */
  read(position: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
}

/** A source over bytes in memory. The bytes must not change while it is read. */
export function bytesOf(buffer: Uint8Array): ByteSource {
  return {
    size: buffer.length,
    read: (position, length) => Promise.resolve(buffer.subarray(position, position + length)),
  };
}

/** How a source is read. */
export interface ChunkOptions {
  /** 256 KiB unless told. */
  readonly chunkBytes?: number | undefined;
  /** Position of the first byte; 0 unless told. */
  readonly from?: number | undefined;
}

/** All bytes of a source from a position on, in order, in pieces of at most `chunkBytes`. */
export async function* chunksOf(source: ByteSource, { chunkBytes = 256 * 1024, from = 0 }: ChunkOptions = {}): AsyncGenerator<Uint8Array> {
  let position = from;
  while (position < source.size) {
    const chunk = await source.read(position, Math.min(chunkBytes, source.size - position));
    if (chunk.length === 0) return;
    position += chunk.length;
    yield chunk;
  }
}
