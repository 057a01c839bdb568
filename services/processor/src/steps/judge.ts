import { askGuards, fingerprintOf, type ClaimedPlan, type JobContext } from '@rosterport/directory';
import { issue, type Issue } from '@rosterport/domain';
import { historyOf, type LedgerJob } from '@rosterport/jobs';

/** What is to become of a plan: it is applied, or only shown, with the breaches of the guards. */
export interface Judgement {
  readonly verdict: 'apply' | 'hold' | 'preview';
  readonly breaches: readonly Issue[];
}

/**
 * Asks the guards about a plan, before anything is changed. An approval lets exactly the plan pass that was seen; when the
 * directory has moved, the job is held again. An approval with an override puts the named guards off for this run instead.
 */
export async function judge(
  context: JobContext,
  job: LedgerJob,
  { plan, fileIssues, userRows }: { readonly plan: ClaimedPlan; readonly fileIssues: readonly Issue[]; readonly userRows: number | null },
): Promise<Judgement> {
  const { approval } = job;
  const isBound = approval !== null && approval.override.length === 0;
  if (isBound && (await fingerprintOf(context, plan.attributeChanges)) === approval.fingerprint) return { verdict: 'apply', breaches: [] };
  const facts = {
    ...(await historyOf(context.client, job.id, userRows !== null)),
    mode: job.mode,
    plan,
    lacksLineEnd: fileIssues.some((found) => found.code === 'validateFinalLineEnd'),
  };
  const asked = await askGuards(context, facts, approval?.override ?? []);
  const breaches = isBound ? [issue('validateApprovedPlan'), ...asked] : asked;
  if (job.dryRun) return { verdict: 'preview', breaches };
  return { verdict: breaches.length > 0 ? 'hold' : 'apply', breaches };
}
