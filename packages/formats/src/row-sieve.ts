/**
 * Tells which rows need not be read, because the very same row was read before and its outcome is known. Only formats whose
 * rows have bytes of their own ask it; the others read every row.
 */
export interface RowSieve {
  /** Four words of 32 bits that the hash of a row begins with. Rows whose meaning may differ must have different seeds. */
  readonly seed: Uint32Array;
  /** True when the row is known whose hash of four words stands in `words` from `at` on. It is asked once for each row. */
  knows(words: Uint32Array, at: number): boolean;
  /** What `readAhead` gave for the same file and seed, if it was asked. */
  readonly ahead?: unknown;
}

/** Rows next to each other that a sieve knows, so that nobody has read them. */
export interface KnownRun {
  readonly kind: 'known';
  /** Number of the first. */
  readonly firstRow: number;
  readonly count: number;
  /** Their ids as the file has them, in UTF-8, each with a NUL behind it, which is left out of the ids themselves. */
  readonly ids: Uint8Array;
}
