import type { DirectoryPersonName, Page } from './directory-records.ts';
import type { JobId } from './ids.ts';
import type { JobKind } from './job.ts';
import type { LinkChange, ValueChange } from './record-change.ts';

/** What set a value: the row of a job's file, or somebody by hand. */
export interface ChangeOrigin {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** `null` for a change by hand. A revert bears the file name of the job that it undoes. */
  readonly job: { readonly id: JobId; readonly kind: JobKind; readonly fileName: string } | null;
  readonly sheet: string | null;
  /** As the spreadsheet shows it; `null` for a change that no row names, as when somebody was absent from a full file. */
  readonly row: number | null;
  /** Name of the credential by which it was changed by hand; `null` for a job, and for an operator at the host. */
  readonly by: string | null;
}

/** One value that a person has, and what set it. */
export interface KnownValue {
  /**
   * The field, with attributes named `attributes.<name>`; `group` for a group that the person is a member of, `manager` for
   * who manages one of those as the person's row says, `manages` for a group that the person was named as manager of.
   */
  readonly field: string;
  readonly value: unknown;
  /** `null` where it is the value of somebody of whom nothing was said. */
  readonly origin: ChangeOrigin | null;
}

/** One change of a person: all that a job, or one edit, did to them. */
export interface HistoryEntry extends ChangeOrigin {
  readonly values: readonly ValueChange[];
  /** A link of the kind `manager` tells who manages a group; where that is the person, somebody has named them. */
  readonly links: readonly LinkChange[];
}

/** Where everything that is known of a person comes from. */
export interface UserHistory {
  readonly user: DirectoryPersonName;
  readonly values: readonly KnownValue[];
  /** Newest first. */
  readonly changes: Page<HistoryEntry>;
}
