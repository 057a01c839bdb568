import type { Changes, FeedPolicy } from '@rosterport/domain';
import type { ExpectedFileIssue, ExpectedGroup, ExpectedUser } from '@rosterport/fixtures';
import type { Meanwhile } from './meanwhile.ts';

/**
 * The cells of one row by header, in the words of the Excel dialect; several texts stand for a header that is repeated.
 *
 * What a row does not say of the fixed columns is filled in: a person `A` is named `First A` and has the address
 * `a@example.com`, a group `G` is named `Group G` and leaves its other cells empty. Every other column that it does not name
 * is empty, or missing where no row names it.
 */
export type Row = Readonly<Record<string, string | readonly string[]>>;

/** The rows of one upload. One with both kinds is a workbook. */
export interface Rows {
  readonly groups?: readonly Row[];
  readonly users?: readonly Row[];
}

/**
 * What a row must come to: `ID result code@Column code`, with the id as `?` where it cannot be read, and the findings in any
 * order. The longer form also says what the messages of the row must name.
 */
export type Outcome = string | { readonly row: string; readonly names: readonly string[] };

/** What must have become of the file. All that is not said must be as it was. */
export interface Then {
  /** Of each row of users, in file order. */
  readonly rows?: readonly Outcome[];
  /** Of each row of groups, in file order. */
  readonly groupRows?: readonly Outcome[];
  /** Every finding about the file as a whole; none when left out. */
  readonly fileIssues?: readonly ExpectedFileIssue[];
  /** True when the file as a whole is refused. */
  readonly refused?: boolean;
  /** Parts of people by external id; `null` for one who must not be there. */
  readonly people?: Readonly<Record<string, Partial<ExpectedUser> | null>>;
  /** Parts of groups by external id, or by name where a group has none; `null` for one that must not be there. */
  readonly groups?: Readonly<Record<string, Partial<ExpectedGroup> | null>>;
  /** Changes that cannot be told from the directory before and after. */
  readonly changes?: Partial<Changes>;
}

/** One sentence of the contract, and a company in which it can be seen. */
export interface Case {
  readonly says: string;
  /** What came before, in its order: uploads under the default policy, of which no row is rejected, and other happenings. */
  readonly given?: Rows | readonly (Rows | Meanwhile)[];
  /** An upload of another company that came before. */
  readonly elsewhere?: Rows;
  /** Where the feed differs from the default policy when the file comes. */
  readonly policy?: Partial<FeedPolicy>;
  readonly file: Rows;
  readonly then: Then;
  /** Texts that must stand nowhere in the report. */
  readonly untold?: readonly string[];
}
