import { sift, type DetectOptions, type ReadableTables, type RowSieve, type SiftedEvent } from '@rosterport/formats';
import type { SealedFile } from '@rosterport/staging';

/** Reads the file from its beginning each time it is called; of rows that the sieve knows only the ids are told. */
export type RawRows = (sieve?: RowSieve) => AsyncIterable<SiftedEvent>;

/** The raw rows of the file as a stream, with the findings about the file that reading brings to light. */
export function parse(file: SealedFile, detected: ReadableTables, options: DetectOptions): RawRows {
  return (sieve) => sift(file, detected, { ...options, sieve });
}
