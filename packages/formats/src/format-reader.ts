import type { Issue, RawRow, SheetKind } from '@rosterport/domain';

import type { ByteSource } from './byte-source.ts';
import type { FormatLimits } from './limits.ts';
import type { KnownRun, RowSieve } from './row-sieve.ts';
import type { Scratch } from './scratch.ts';

/** The formats that are read. */
export type Format = 'csv' | 'xlsx' | 'xls';

/** What a reader may use. */
export interface ReadOptions {
  readonly limits: FormatLimits;
  readonly scratch?: Scratch | undefined;
  readonly sieve?: RowSieve | undefined;
}

/** How to read ahead for a sieve of this seed. */
export interface AheadOptions extends ReadOptions {
  readonly seed: Uint32Array;
}

/** The first rows of a table, from which its header is read. */
export interface TableHead {
  /** Name of the sheet; `null` for a CSV file. */
  readonly sheet: string | null;
  /** What the name of the sheet says that it holds; `null` when it says nothing. */
  readonly kind: SheetKind | null;
  /** The first rows that are not empty, at most ten, and none below row 10. */
  readonly rows: readonly RawRow[];
}

/** The tables of a file, or why it cannot be read. The layout is plain data that only its reader understands. */
export type Opening =
  | { readonly ok: true; readonly tables: readonly TableHead[]; readonly issues: readonly Issue[]; readonly layout: unknown }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** A row with what only a workbook tells about its cells. */
export interface ReadRow extends RawRow {
  /** Positions of cells that hold a number in a format that shows no leading zeros; left out when there are none. */
  readonly numbers?: readonly number[];
  /** Positions of cells whose formula has no result, so that they are empty here; left out when there are none. */
  readonly unsolved?: readonly number[];
}

/** Rows of one of the tables, in order, or a finding about the file. Of rows that the sieve knows only the ids are told. */
export type TableEvent =
  | (KnownRun & { readonly table: number })
  | { readonly kind: 'rows'; readonly table: number; readonly rows: readonly ReadRow[] }
  | { readonly kind: 'issue'; readonly issue: Issue };

/**
 * One format. Whatever the bytes are, nothing is thrown but what the source (or the scratch) throws: damage and limits
 * are issues.
 */
export interface FormatReader {
  readonly format: Format;
  /** True when the content is of this format, if only roughly: a damaged or encrypted file is recognised too. */
  recognise(start: Uint8Array, source: ByteSource): Promise<boolean>;
  /** Finds the tables and their first rows. */
  open(source: ByteSource, options: ReadOptions): Promise<Opening>;
  /** Everything below row 1 of each table, with the findings about the file that reading brings to light. */
  rows(source: ByteSource, layout: unknown, options: ReadOptions): AsyncGenerator<TableEvent>;
  /** What a sieve may bear so that `rows` is quicker with it; only where rows have bytes of their own. */
  ahead?(source: ByteSource, layout: unknown, options: AheadOptions): Promise<unknown>;
}

/** How many rows a table's head goes down. */
export const headRows = 10;
