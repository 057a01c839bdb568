import { failureCatalogue, type FailureCode } from './failure-catalogue.ts';
import type { FailureKind } from './failure-entry.ts';

/** One thing that is wrong with a request. */
export interface FieldProblem {
  /** The path of the field, its parts joined by dots; empty for the whole. */
  readonly field: string;
  /** A clause without a full stop, which names the field. */
  readonly problem: string;
}

/** What a failure is made of besides its code. */
export interface FailureDetails {
  /** Words that the catalogue's sentence leaves open, by name. Never a secret, never personal data. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** What is wrong, each thing by its field, where the sentence tells several. */
  readonly problems?: readonly FieldProblem[];
  /** What broke underneath. */
  readonly cause?: unknown;
}

/**
 * A fault on our side or a request that we refuse, thrown. Its message is a whole sentence that may be shown to whoever
 * asked; its code is stable.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly kind: FailureKind;
  /** How to mend it, a whole sentence. */
  readonly hint: string;
  /** True when the same request may succeed later. */
  readonly retry: boolean;
  /** What is wrong by field; empty where the message says all. */
  readonly problems: readonly FieldProblem[];

  constructor(code: FailureCode, details: FailureDetails = {}) {
    const entry = failureCatalogue[code];
    super(fill(entry.sentence, details.values ?? {}), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'Failure';
    this.code = code;
    this.kind = entry.kind;
    this.hint = fill(entry.hint, details.values ?? {});
    this.retry = entry.retry;
    this.problems = details.problems ?? [];
  }
}

/** True for a failure, also one that was made in another realm (a worker, a test's sandbox). */
export function isFailure(error: unknown): error is Failure {
  return typeof error === 'object' && error !== null && 'code' in error && 'kind' in error && 'retry' in error;
}

/** Puts the values into the sentence: `{name}` becomes the value of that name. */
function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
