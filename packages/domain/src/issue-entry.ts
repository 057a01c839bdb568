/** How bad a finding is: an `error` refuses its row (or file), a `warning` lets it pass. */
export type Severity = 'error' | 'warning';

/** What is said about an issue code, in the report and on its page. */
export interface IssueEntry {
  /** What the finding is about. A `file` error refuses the whole file; a `guard` holds the job until a person decides. */
  readonly scope: 'file' | 'row' | 'guard';
  readonly severity: Severity;
  /** The message; `{column}`, `{found}`, `{expected}` and other names in braces are filled in. */
  readonly sentence: string;
  /** How to mend it. */
  readonly mend: string;
  /** An example that is refused. */
  readonly refused: string;
  /** The same example, mended. */
  readonly accepted: string;
}
