import { PrefixHash } from './prefix-hash.ts';

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
  const hash = new PrefixHash();
  return {
    written(position, bytes) {
      hash.changed(position);
      if (hash.isSound && position === hash.size) hash.add(bytes);
    },
    truncated(size) {
      hash.changed(size);
      if (size === 0 && !hash.isSound) hash.restart();
    },
    async digest(size, readAt) {
      if (!hash.isSound) hash.restart();
      const buffer = new Uint8Array(Math.min(readSize, Math.max(size - hash.size, 0)));
      while (hash.size < size) {
        const got = await readAt(buffer.subarray(0, Math.min(buffer.length, size - hash.size)), hash.size);
        if (got === 0) throw new Error(`the file ended at ${hash.size} of ${size} bytes`);
        hash.add(buffer.subarray(0, got));
      }
      return hash.digest();
    },
  };
}
