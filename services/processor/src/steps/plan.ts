import { planAndClaim, planRefused, type ClaimedPlan, type ForbiddenPlan, type JobContext } from '@rosterport/directory';
import { hasError, type Issue } from '@rosterport/domain';
import { stageFile } from './stage-file.ts';
import type { CheckedEvent } from './validate.ts';

/** A plan that waits to be applied, or what was found out about the rows of a file that is refused as a whole. */
export type Planned = {
  readonly fileIssues: readonly Issue[];
  /** Data rows of users; `null` when the file holds none. */
  readonly userRows: number | null;
} & (
  | { readonly ok: true; readonly plan: ClaimedPlan }
  | { readonly ok: false; readonly plan: ForbiddenPlan }
);

/**
 * Brings the rows into the job's transaction and compares them with the directory. Nothing is written to it yet. Rows of a
 * file that is refused, or turns out to be, are judged too, so that no fault hides another.
 */
export async function plan(context: JobContext, events: AsyncIterable<CheckedEvent>, isRefused: boolean): Promise<Planned> {
  const { issues: fileIssues, userRows } = await stageFile(context.client, events);
  const made = isRefused || hasError(fileIssues) ? await planRefused(context) : await planAndClaim(context);
  const all = { fileIssues: [...fileIssues, ...made.fileIssues], userRows };
  return made.claimed ? { ok: true, plan: made, ...all } : { ok: false, plan: made, ...all };
}
