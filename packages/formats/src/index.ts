/**
 * Tells what a file is and reads it: bytes come in, raw rows and findings about the file go out. It judges no values,
 * touches neither disk nor network, and never throws because of what a customer sent.
 */
export * from './byte-source.ts';
export * from './detect.ts';
export type { Format } from './format-reader.ts';
export * from './limits.ts';
export * from './parse.ts';
export * from './read-parts.ts';
export type { KnownRun, RowSieve } from './row-sieve.ts';
export * from './scratch.ts';
export type { ParseEvent, SiftedEvent } from './table-events.ts';
