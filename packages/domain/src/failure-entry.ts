/** The meanings of failures; each edge translates them in one file (SFTP status, HTTP problem, job outcome, exit code). */
export const failureKinds = [
  'refused',
  'unauthenticated',
  'invalid',
  'missing',
  'conflict',
  'too-large',
  'busy',
  'unavailable',
  'broken',
] as const;

/** The meaning of a failure. */
export type FailureKind = (typeof failureKinds)[number];

/** What is said about a failure. */
export interface FailureEntry {
  readonly kind: FailureKind;
  /** What happened; `{name}` is filled with a value. */
  readonly sentence: string;
  /** How to mend it. */
  readonly hint: string;
  /** True when the same request may succeed later. */
  readonly retry: boolean;
}
