import { attributeNames, type JobContext } from '@rosterport/directory';
import type { PoolClient } from '@rosterport/database';
import { feedPolicyOf } from './feed-policy-of.ts';
import type { DetectOptions } from '@rosterport/formats';
import { endJob, rejectedOutcome, type LedgerJob, type Outcome } from '@rosterport/jobs';
import type { SealedFile } from '@rosterport/staging';
import type { ProcessorContext } from './processor-context.ts';
import { steps, type StepName } from './steps/index.ts';

/**
 * Walks a job through its steps, on the connection that holds the tenant's claim. Directory, journal, row results and the
 * job's state change in one transaction; a crash before its commit leaves nothing, and the next try starts from the sealed
 * file. Returns how the job ended.
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
  const policy = await feedPolicyOf(client, job.feedId);
  const place: JobContext = { client, tenantId: job.tenantId, sourceId: job.sourceId, jobId: job.id, policy };

  const detected = await at('detect', () => steps.detect(file, reading));
  if (!detected.ok) return refuse(client, job, rejectedOutcome(detected.format, detected.issues));

  const raw = await at('parse', () => steps.parse(file, detected, reading));
  // Only a strict feed asks which attributes there are.
  const known = policy.unknownAttribute === 'strict' ? await attributeNames(context.database, job.tenantId) : [];
  const checked = await at('validate', () => steps.validate(raw, { policy, knownAttributes: new Set(known) }));

  await client.query('begin');
  const planned = await at('plan', () => steps.plan(place, checked));
  const fileIssues = [...detected.issues, ...planned.fileIssues];
  const refused = rejectedOutcome(detected.format, fileIssues);
  if (planned.plan === null) {
    await client.query('rollback');
    return refuse(client, job, refused);
  }
  const { counts, rowIssues } = planned.plan;
  if (!planned.ok) return end({ ...refused, counts, rowIssues });
  const { plan } = planned;
  const changes = await at('apply', () => steps.apply(place, plan));
  return end({ state: 'applied', format: detected.format, counts, changes, fileIssues, rowIssues });

  async function end(outcome: Outcome): Promise<Outcome> {
    await at('report', () => steps.report(client, job.id, outcome));
    context.onStep?.(job.id, 'commit');
    await client.query('commit');
    context.onStep?.(job.id, 'committed');
    return outcome;
  }
}

async function refuse(client: PoolClient, job: LedgerJob, outcome: Outcome): Promise<Outcome> {
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
