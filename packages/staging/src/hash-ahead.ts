import { createHash, type Hash } from 'node:crypto';

/** A SHA-256 over bytes in memory. */
export interface HashAhead {
  /** Tells that the bytes from there on are others now. */
  changed(position: number): void;
  /** The hash of all of them, in hexadecimal. Call it once, and nothing afterwards. */
  digest(): string;
  /** Nobody wants the hash any more. */
  stop(): void;
}

/**
 * Hashes what was taken in once its sender has been answered, and has to think of the next request; then little is left to be
 * done while he waits. Bytes that change after they were hashed are hashed again at the end.
 */
export function hashAhead(all: () => Uint8Array): HashAhead {
  let hash: Hash | undefined;
  let hashed = 0;
  let isStale = false;
  let turn: NodeJS.Immediate | undefined;
  const goOn = (): Hash => {
    const bytes = all();
    hash ??= createHash('sha256');
    hash.update(bytes.subarray(hashed));
    hashed = bytes.length;
    return hash;
  };
  const stop = (): void => {
    clearImmediate(turn);
    turn = undefined;
  };
  return {
    changed(position) {
      if (position < hashed) isStale = true;
      if (isStale) return stop();
      turn ??= setImmediate(() => {
        turn = undefined;
        goOn();
      });
    },
    digest() {
      stop();
      if (isStale) [hash, hashed] = [undefined, 0];
      return goOn().digest('hex');
    },
    stop,
  };
}
