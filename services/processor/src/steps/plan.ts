import { planAndClaim, type ClaimedPlan, type JobContext } from '@rosterport/directory';
import { hasError, type Issue } from '@rosterport/domain';
import { stageFile } from './stage-file.ts';
import type { CheckedEvent } from './validate.ts';

/** A plan that waits to be applied, or the findings for which the whole file is refused. */
export type Planned =
  | { readonly ok: true; readonly plan: ClaimedPlan; readonly fileIssues: readonly Issue[] }
  | { readonly ok: false; readonly fileIssues: readonly Issue[] };

/** Brings the rows into the job's transaction and compares them with the directory. Nothing is written to it yet. */
export async function plan(context: JobContext, events: AsyncIterable<CheckedEvent>): Promise<Planned> {
  const fileIssues = await stageFile(context.client, events);
  if (hasError(fileIssues)) return { ok: false, fileIssues };
  const made = await planAndClaim(context);
  return { ok: true, plan: made, fileIssues: [...fileIssues, ...made.fileIssues] };
}
