import type { ByteSource } from './byte-source.ts';
import { readOptions, type DetectOptions, type ReadableTables } from './detect.ts';
import type { FormatReader } from './format-reader.ts';
import { formats } from './formats.ts';
import type { RowSieve } from './row-sieve.ts';
import { tableEvents, type ParseEvent, type SiftedEvent } from './table-events.ts';

/**
 * Reads the data rows of a file's tables in bounded memory, in the order of the file, with the findings about the file
 * that reading brings to light; an error among them refuses the file. Throws only what the source or the scratch throws.
 */
export async function* parse(
  source: ByteSource,
  detected: ReadableTables,
  options: DetectOptions = {},
): AsyncGenerator<ParseEvent> {
  for await (const event of sift(source, detected, options)) if (event.kind !== 'known') yield event;
}

/** The same, but that rows which a sieve knows are not read. */
export function sift(
  source: ByteSource,
  detected: ReadableTables,
  { sieve, ...options }: DetectOptions & { readonly sieve?: RowSieve | undefined },
): AsyncGenerator<SiftedEvent> {
  return tableEvents(readerOf(detected).rows(source, detected.layout, { ...readOptions(options), sieve }), detected);
}

/**
 * Reads a file before it is known which of its rows need to be read, so that it is done sooner with the sieve that bears what
 * comes of it: while the sieve is made, say. Takes at most 20 MiB. `undefined` for formats whose rows have no bytes of their own.
 */
export async function readAhead(
  source: ByteSource,
  detected: ReadableTables,
  { seed, ...options }: DetectOptions & { readonly seed: Uint32Array },
): Promise<unknown> {
  return readerOf(detected).ahead?.(source, detected.layout, { ...readOptions(options), seed });
}

function readerOf(detected: ReadableTables): FormatReader {
  const reader = formats.find(({ format }) => format === detected.format);
  if (reader === undefined) throw new TypeError(`There is no reader of ${detected.format}.`);
  return reader;
}
