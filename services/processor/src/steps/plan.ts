import { planAndClaim, type ClaimedPlan, type ForbiddenPlan, type JobContext } from '@rosterport/directory';
import { hasError, type Issue } from '@rosterport/domain';
import { stageFile } from './stage-file.ts';
import type { CheckedEvent } from './validate.ts';

/** A plan that waits to be applied, or the findings for which the whole file is refused, with its rows if they were judged. */
export type Planned = {
  readonly fileIssues: readonly Issue[];
  /** Data rows of users; `null` when the file holds none. */
  readonly userRows: number | null;
} & (
  | { readonly ok: true; readonly plan: ClaimedPlan }
  | { readonly ok: false; readonly plan: ForbiddenPlan | null }
);

/** Brings the rows into the job's transaction and compares them with the directory. Nothing is written to it yet. */
export async function plan(context: JobContext, events: AsyncIterable<CheckedEvent>): Promise<Planned> {
  const { issues: fileIssues, userRows } = await stageFile(context.client, events);
  if (hasError(fileIssues)) return { ok: false, plan: null, fileIssues, userRows };
  const made = await planAndClaim(context);
  const all = { fileIssues: [...fileIssues, ...made.fileIssues], userRows };
  return made.claimed ? { ok: true, plan: made, ...all } : { ok: false, plan: made, ...all };
}
