import { planAndClaim, type ClaimedPlan, type ForbiddenPlan, type JobContext } from '@rosterport/directory';
import { hasError, type Issue } from '@rosterport/domain';
import { stageFile } from './stage-file.ts';
import type { CheckedEvent } from './validate.ts';

/** A plan that waits to be applied, or the findings for which the whole file is refused, with its rows if they were judged. */
export type Planned =
  | { readonly ok: true; readonly plan: ClaimedPlan; readonly fileIssues: readonly Issue[] }
  | { readonly ok: false; readonly plan: ForbiddenPlan | null; readonly fileIssues: readonly Issue[] };

/** Brings the rows into the job's transaction and compares them with the directory. Nothing is written to it yet. */
export async function plan(context: JobContext, events: AsyncIterable<CheckedEvent>): Promise<Planned> {
  const fileIssues = await stageFile(context.client, events);
  if (hasError(fileIssues)) return { ok: false, plan: null, fileIssues };
  const made = await planAndClaim(context);
  const all = [...fileIssues, ...made.fileIssues];
  return made.claimed ? { ok: true, plan: made, fileIssues: all } : { ok: false, plan: made, fileIssues: all };
}
