import type { GuardName, Job, Page, RecordChange, TenantEvent } from '@rosterport/domain';
import { call, read, readAll, type Call } from './https-client.ts';
import type { Product } from './product.ts';
import { until } from './until.ts';

/** A request of the operator, with a body in JSON. */
export interface Ask {
  readonly method?: Call['method'];
  readonly path: string;
  readonly json?: unknown;
  /** The operator token where it is left out. */
  readonly token?: string;
}

/** What the product says to a request: its status, and its body where there is one. */
export interface Said<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Asks over the API, whatever the answer. */
export async function ask<Body = unknown>(product: Product, { method = 'GET', path, json, token }: Ask): Promise<Said<Body>> {
  const { status, body } = await call(product, {
    ...{ method, path, token: token ?? product.facts.operatorToken },
    ...(json === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(json)) }),
  });
  return { status, body: JSON.parse(body.toString() || 'null') as Body };
}

/** Asks over the API; throws with what the product says when it refuses. */
export async function tell<Body = unknown>(product: Product, asked: Ask): Promise<Body> {
  const { status, body } = await ask<Body>(product, asked);
  if (status < 200 || status > 299) throw new Error(`${asked.method ?? 'GET'} ${asked.path}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Asks for something that the product must refuse; its status and the code of its problem. */
export async function refusalOf(product: Product, asked: Ask): Promise<readonly [status: number, code: string | undefined]> {
  const { status, body } = await ask<{ code?: string } | null>(product, asked);
  return [status, body?.code];
}

/** Approves the plan that the job shows at this moment, and gives the job as the processor leaves it. */
export async function approve(product: Product, id: string, override: readonly GuardName[] = []): Promise<Job> {
  const { fingerprint } = await read<Job>(product, `/v1/jobs/${id}`);
  await tell(product, { method: 'POST', path: `/v1/jobs/${id}/approve`, json: { fingerprint, override } });
  return settledJob(product, id);
}

/** Discards the job. */
export function discard(product: Product, id: string): Promise<Job> {
  return tell<Job>(product, { method: 'POST', path: `/v1/jobs/${id}/discard` });
}

/** Reverts the job, and gives the job of the revert at its end. */
export async function revert(product: Product, id: string): Promise<Job> {
  const made = await tell<Job>(product, { method: 'POST', path: `/v1/jobs/${id}/revert` });
  return settledJob(product, made.id);
}

/** The job, once nothing goes on with it: it has ended, waits behind another one, or is held and nobody has decided. */
export function settledJob(product: Product, id: string): Promise<Job> {
  return until(`job ${id} is settled`, async () => {
    const job = await read<Job>(product, `/v1/jobs/${id}`);
    if (job.state === 'staged' || job.state === 'processing') return null;
    if (job.state !== 'held') return job;
    // A job that was approved is held as before until a processor takes it.
    const [newest] = await eventsOf(product, id);
    const again = await read<Job>(product, `/v1/jobs/${id}`);
    return newest?.kind !== 'jobApproved' && again.state === 'held' && again;
  });
}

/** The job, once it is in that state. */
export function jobIn(product: Product, id: string, state: Job['state']): Promise<Job> {
  return until(`job ${id} is ${state}`, async () => {
    const job = await read<Job>(product, `/v1/jobs/${id}`);
    return job.state === state && job;
  });
}

/** What a job changed, or would change. */
export function changesOf(product: Product, id: string): Promise<RecordChange[]> {
  return readAll(product, `/v1/jobs/${id}/changes`);
}

/** What happened to a job, the newest first. */
export async function eventsOf(product: Product, id: string): Promise<readonly TenantEvent[]> {
  return (await read<Page<TenantEvent>>(product, `/v1/jobs/${id}/events`)).items;
}

/** The guards that hold a job, by their codes. */
export function breachesOf({ issues }: Job): readonly string[] {
  return issues.filter(({ scope }) => scope === 'guard').map(({ code }) => code);
}
