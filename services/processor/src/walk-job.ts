import { closeWork, listAttributes, type JobContext } from '@rosterport/directory';
import { preparing, type PoolClient } from '@rosterport/database';
import { issue, mostForeignEmailsADay } from '@rosterport/domain';
import { endEmailMatching, feedSettings } from './feed-settings.ts';
import type { DetectOptions } from '@rosterport/formats';
import { dropRowResults, endJob, findingsLastDay, rejectedOutcome, wasHeld, type LedgerJob, type Outcome } from '@rosterport/jobs';
import type { SealedFile } from '@rosterport/staging';
import { isSifted, knownPeople } from './known-people.ts';
import type { ProcessorContext } from './processor-context.ts';
import { steps, type StepName } from './steps/index.ts';
import type { Planned } from './steps/plan.ts';

/**
 * Walks a job through its steps, on the connection that holds the tenant's claim. Directory, journal, row results and the
 * job's state change in one transaction; a crash before its commit leaves nothing, and the next try starts from the sealed
 * file. A dry run, and a plan that a guard holds, keep what would change and change nothing. Returns how the job ended.
 */
export async function walkJob(context: ProcessorContext, client: PoolClient, job: LedgerJob): Promise<Outcome> {
  const file = await context.staging.open(job.id);
  try {
    return await walkFile(context, { client, job, file });
  } finally {
    await file.close();
  }
}

interface Walk {
  readonly client: PoolClient;
  readonly job: LedgerJob;
  readonly file: SealedFile;
}

async function walkFile(context: ProcessorContext, { client, job, file }: Walk): Promise<Outcome> {
  const at = stepTimer(context, job);
  const reading: DetectOptions = { scratch: context.scratch };
  const { policy, enabled, matchesByEmail } = await feedSettings(preparing(client), job.feedId);
  if (!enabled) return refuse(client, job, rejectedOutcome(null, [issue('validateFeedIsEnabled', { found: job.feed })]));
  const place = placeOf(client, job, { policy, matchesByEmail });

  const { detected, verified } = await at('detect', () => steps.detect(file, reading));
  const tables = detected.ok ? detected : detected.readable;
  if (tables === null) {
    await verified;
    return refuse(client, job, rejectedOutcome(detected.format, detected.issues));
  }

  const raw = await at('parse', () => steps.parse(file, tables, reading));
  // Texts matter only to a strict feed, and to who is known, and there may be thousands.
  const isStrict = policy.unknownAttribute === 'strict';
  const needsAll = isStrict || isSifted(context, place, { detected, file });
  const definitions = await listAttributes(context.database, job.tenantId, needsAll ? {} : { types: ['number', 'date', 'list'] });
  const knownAttributes = new Map(definitions.filter(({ type }) => isStrict || type !== 'text').map((one) => [one.name, one]));
  const rows = await at('validate', () => steps.validate(raw, { policy, knownAttributes }));

  await client.query('begin');
  const planned = await at('plan', async () => {
    const known = await knownPeople(context, place, { detected, file, definitions });
    await verified;
    return steps.plan(place, { rows, detected, known });
  });
  const { client: quick, untouchedRows = 0 } = planned.context;
  context.metrics.count('rosterport_rows_passed_over_total', {}, untouchedRows);
  // A refused file was read to its end already.
  const fileIssues = detected.ok ? [...detected.issues, ...planned.fileIssues] : [...detected.issues, ...planned.plan.fileIssues];
  const refused = { ...rejectedOutcome(detected.format, fileIssues), userRows: planned.userRows };
  const { counts, rowIssues, usualResult } = planned.plan;
  const judged = { chunks: planned.chunks, usualResult };
  if (!planned.ok) return end({ ...refused, counts, rowIssues });
  return end({ ...refused, counts, rowIssues, ...(await carryOut({ job, at }, { ...planned, fileIssues })) });

  async function end(outcome: Outcome): Promise<Outcome> {
    await at('report', () => steps.report(quick, job, { outcome, judged }));
    // What few rows took is not worth a look.
    if (quick === client) await closeWork(client);
    context.onStep?.(job.id, 'commit');
    await client.query('commit');
    context.onStep?.(job.id, 'committed');
    return outcome;
  }
}

function placeOf(client: PoolClient, job: LedgerJob, settings: Pick<JobContext, 'policy' | 'matchesByEmail'>): JobContext {
  const { tenantId, sourceId, mode, id: jobId } = job;
  const foreignEmailsLeft = async (): Promise<number> =>
    mostForeignEmailsADay - (await findingsLastDay(client, tenantId, 'validateDuplicateMailInAnotherCompany'));
  return { client, tenantId, sourceId, jobId, mode, foreignEmailsLeft, ...settings };
}

type Timer = ReturnType<typeof stepTimer>;

/** Applies the plan, or takes it only as far as to tell what it would change. */
async function carryOut(
  { job, at }: { readonly job: LedgerJob; readonly at: Timer },
  planned: Extract<Planned, { ok: true }>,
): Promise<Pick<Outcome, 'state' | 'changes' | 'guardIssues' | 'fingerprint'>> {
  const { plan, context: place } = planned;
  const { verdict, breaches: guardIssues } = await at('judge', () => steps.judge(place, job, planned));
  if (verdict === 'apply') {
    const changes = await at('apply', () => steps.apply(place, plan));
    if (place.matchesByEmail && planned.userRows !== null) await endEmailMatching(place.client, job.feedId);
    return { state: 'applied', changes, guardIssues, fingerprint: null };
  }
  const rehearsed = await at('apply', () => steps.rehearse(place, plan));
  return { state: verdict === 'hold' ? 'held' : 'previewed', guardIssues, ...rehearsed };
}

async function refuse(client: PoolClient, job: LedgerJob, outcome: Outcome): Promise<Outcome> {
  if (wasHeld(job)) await dropRowResults(client, job.id);
  await endJob(client, job.id, outcome);
  return outcome;
}

/** Runs a step, tells the observer before it, and measures it. Parsing and validating are streams: their time is the plan's. */
function stepTimer(
  context: ProcessorContext,
  job: LedgerJob,
): <Result>(step: StepName, work: () => Promise<Result> | Result) => Promise<Result> {
  return async (step, work) => {
    context.onStep?.(job.id, step);
    const begun = performance.now();
    const result = await work();
    context.metrics.observe('rosterport_job_seconds', { step }, (performance.now() - begun) / 1_000);
    return result;
  };
}
