import { planAndClaim, planRefused, type ClaimedPlan, type ForbiddenPlan, type JobContext, type KnownRows } from '@rosterport/directory';
import { hasError, isInDoubt, type AnyField, type Issue, type IssueCode } from '@rosterport/domain';
import type { Detected } from '@rosterport/formats';
import type { PlaceChunk } from '@rosterport/jobs';
import type { Sifting } from './sifting.ts';
import { stageSifted } from './stage-sifted.ts';
import type { CheckedRows } from './validate.ts';

/** A plan that waits to be applied, or what was found out about the rows of a file that is refused as a whole. */
export type Planned = {
  /** For what is left of the job. */
  readonly context: JobContext;
  readonly fileIssues: readonly Issue[];
  /** Data rows of users; `null` when the file holds none. */
  readonly userRows: number | null;
  /** Where each data row stands. */
  readonly chunks: readonly PlaceChunk[];
} & (
  | { readonly ok: true; readonly plan: ClaimedPlan }
  | { readonly ok: false; readonly plan: ForbiddenPlan }
);

/** What a plan is made of. */
export interface PlanInput {
  readonly rows: CheckedRows;
  readonly detected: Detected;
  /** The people whose rows need not be read where they say what they said before; `null` to read every row. */
  readonly known: Sifting | null;
}

/**
 * Brings the rows into the job's transaction and compares them with the directory. Nothing is written to it yet. Rows of a
 * file that is refused, or turns out to be, are judged too, so that no fault hides another.
 */
export async function plan(place: JobContext, { rows, detected, known }: PlanInput): Promise<Planned> {
  const { issues: fileIssues, userRows, context, chunks } = await stageSifted(place, rows, known);
  const isRefused = !detected.ok || hasError(fileIssues);
  const made = isRefused ? await planRefused(context, knownRows(detected)) : await planAndClaim(context);
  const all = { context, fileIssues: [...fileIssues, ...made.fileIssues], userRows, chunks };
  return made.claimed ? { ok: true, plan: made, ...all } : { ok: false, plan: made, ...all };
}

/** Faults that leave every row readable. */
const harmlessFaults: ReadonlySet<IssueCode> = new Set<IssueCode>([
  'validateSeparator',
  'validateMandatoryColumns',
  'validateColumnPosition',
  'validateColumnNames',
  'validateHeaderText',
  'validateNoRepeatedColumns',
]);

/** The fields by which rows refer to groups and to managers, or by which it is told who counts as one. */
const groupNames: readonly AnyField[] = ['orgUnitId', 'name'];
const personNames: readonly AnyField[] = ['externalId', 'firstName', 'lastName', 'active'];

/** Of a file that is refused for its headers alone all rows are known but for what those leave in doubt; of others, nobody knows. */
function knownRows(detected: Detected): KnownRows {
  const isRead = !detected.ok && !detected.issues.some(({ code, severity }) => severity === 'error' && !harmlessFaults.has(code));
  const headers = isRead ? (detected.readable?.headers ?? [null]) : [null];
  const knows = (fields: readonly AnyField[]): boolean =>
    headers.every((header) => header !== null && !fields.some((field) => isInDoubt(header, field)));
  return { allGroups: knows(groupNames), allPeople: knows(personNames) };
}
