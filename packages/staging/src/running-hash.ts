import { createHash, type Hash } from 'node:crypto';

/** Reads bytes of the file at a position; 0 at the end. */
export type ReadAt = (into: Uint8Array, position: number) => Promise<number>;

const readSize = 256 * 1024;

/** A SHA-256 over a file that is written at any position and in any order. */
export interface RunningHash {
  /** Tells that these bytes are about to be written there. */
  written(position: number, bytes: Uint8Array): void;
  /** Tells that the file is about to end there. */
  truncated(size: number): void;
  /** The hash in hexadecimal; reads what did not pass by in order. Call it once. */
  digest(size: number, readAt: ReadAt): Promise<string>;
}

/**
 * Hashes what is written in order as it passes, so that an ordinary upload is never read again. Bytes that come out of
 * order are read when the file is sealed, from the first gap on; a write over bytes that were hashed makes that the whole
 * file.
 */
export function runningHash(): RunningHash {
  /** None before the first byte: most files are small and hashed elsewhere. */
  let hash: Hash | undefined;
  let hashed = 0;
  const restart = (): void => {
    hash = undefined;
    hashed = 0;
  };
  const add = (bytes: Uint8Array): void => {
    hash ??= createHash('sha256');
    hash.update(bytes);
    hashed += bytes.length;
  };
  let stale = false;
  return {
    written(position, bytes) {
      if (position < hashed) stale = true;
      if (!stale && position === hashed) add(bytes);
    },
    truncated(size) {
      if (size < hashed) stale = true;
      if (size > 0 || !stale) return;
      stale = false;
      restart();
    },
    async digest(size, readAt) {
      if (stale) restart();
      const buffer = new Uint8Array(Math.min(readSize, Math.max(size - hashed, 0)));
      while (hashed < size) {
        const got = await readAt(buffer.subarray(0, Math.min(buffer.length, size - hashed)), hashed);
        if (got === 0) throw new Error(`the file ended at ${hashed} of ${size} bytes`);
        add(buffer.subarray(0, got));
      }
      return (hash ?? createHash('sha256')).digest('hex');
    },
  };
}
