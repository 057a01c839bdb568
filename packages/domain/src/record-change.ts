import type { DirectoryGroupName } from './directory-records.ts';

/** What becomes of a record. `kept` is what a revert could not take back. */
export const changeActions = ['created', 'updated', 'deactivated', 'reactivated', 'removed', 'kept'] as const;

/** What becomes of a record. */
export type ChangeAction = (typeof changeActions)[number];

/** Why a revert leaves something as it is. */
export const keptReasons = ['changedSince', 'referenced', 'valueTaken'] as const;

/** Why a revert leaves something as it is. */
export type KeptReason = (typeof keptReasons)[number];

/** One value before and after; `null` where there is none. Attributes are named `attributes.<name>`. */
export interface ValueChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A membership, or the naming of a manager, that comes or goes. */
export interface LinkChange {
  readonly kind: 'membership' | 'manager';
  readonly change: 'added' | 'removed';
  readonly group: DirectoryGroupName;
  /** The manager as the file names it; `null` for a membership. */
  readonly manager: string | null;
}

/** What a job changes, would change, or could not take back of one record. */
export interface RecordChange {
  readonly kind: 'user' | 'group' | 'attribute';
  readonly action: ChangeAction;
  /** Id of the record in the directory; that of a record which is not made yet may become another. */
  readonly id: string;
  readonly externalId: string | null;
  /** The name of the person, group or attribute. */
  readonly name: string | null;
  /** The row that says so; both `null` for what no row names. */
  readonly sheet: string | null;
  readonly row: number | null;
  readonly values: readonly ValueChange[];
  readonly links: readonly LinkChange[];
  /** Why it was kept; `null` when it was not. */
  readonly reason: KeptReason | null;
}
