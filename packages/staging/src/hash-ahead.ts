import { PrefixHash } from './prefix-hash.ts';

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
  const hash = new PrefixHash();
  let turn: NodeJS.Immediate | undefined;
  const goOn = (): void => hash.add(all().subarray(hash.size));
  const stop = (): void => {
    clearImmediate(turn);
    turn = undefined;
  };
  return {
    changed(position) {
      hash.changed(position);
      if (!hash.isSound) return stop();
      turn ??= setImmediate(() => {
        turn = undefined;
        goOn();
      });
    },
    digest() {
      stop();
      if (!hash.isSound) hash.restart();
      goOn();
      return hash.digest();
    },
    stop,
  };
}
