import type { JobId, SourceId } from './ids.ts';

/** A name as it was given. */
export interface PersonFullName {
  readonly firstName: string;
  readonly lastName: string;
}

/** By what a person can be found in files, findings and journals: all that tells them apart, as it is and as it was. */
export interface PersonTraces {
  /** Id of the record. */
  readonly userId: string;
  /** External ids, each within its source. */
  readonly externalIds: readonly { readonly sourceId: SourceId; readonly externalId: string }[];
  readonly emails: readonly string[];
  /** E.164. */
  readonly phones: readonly string[];
  readonly names: readonly PersonFullName[];
  /** Rows of files that are known to be about the person. */
  readonly rows: readonly { readonly jobId: JobId; readonly sheet: string | null; readonly row: number }[];
}

/** How much was removed with a person. It holds nothing of the person. */
export interface Erasure {
  /** Id that the record had. */
  readonly id: string;
  /** Entries of the journal that were emptied or removed. */
  readonly journalEntries: number;
  /** Row results that were about the person. */
  readonly rowResults: number;
  /** Findings about others that named the person. */
  readonly findings: number;
  /** Jobs whose sealed files were removed, since the person stood in them or nobody can tell. */
  readonly files: readonly JobId[];
}
