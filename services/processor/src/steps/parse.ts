import { parse as parseRows, type DetectOptions, type ParseEvent, type ReadableTables } from '@rosterport/formats';
import type { SealedFile } from '@rosterport/staging';

/** The raw rows of the file as a stream, with the findings about the file that reading brings to light. */
export function parse(file: SealedFile, detected: ReadableTables, options: DetectOptions): AsyncIterable<ParseEvent> {
  return parseRows(file, detected, options);
}
