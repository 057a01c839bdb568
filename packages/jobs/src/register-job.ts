import { databaseFailure, type Database } from '@rosterport/database';
import type { Envelope, JobId } from '@rosterport/domain';
import { wakeUpSql } from './wake-up.ts';

/**
 * Makes the job of a sealed file and wakes a processor. Calling it again for the same file does nothing. Its mode is what
 * the envelope says, else that of the credential, else that of the feed.
 *
 * Returns true when the job is new. Fails when the envelope names a tenant or feed that does not exist.
 */
export async function registerJob(database: Database, envelope: Envelope): Promise<boolean> {
  return madeOf(envelope, await registerJobs(database, [envelope]));
}

/** What became of the registration of some files: the ids of all jobs that exist, with true for those that are new. */
type Registered = ReadonlyMap<JobId, boolean>;

/** True when the job of the file is new, false when it was there. Fails when there is none. */
function madeOf({ jobId }: Envelope, registered: Registered): boolean {
  const made = registered.get(jobId);
  if (made === undefined) throw new TypeError('The envelope names a feed that does not exist.');
  return made;
}

/**
 * Registers as `registerJob` does, but those who ask while others are being registered are registered together, with one
 * statement: a crowd of small files costs a few commits instead of one each. It uses one connection at a time.
 */
export function groupedRegistration(database: Database): (envelope: Envelope) => Promise<boolean> {
  let waiting: Envelope[] = [];
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Registered> | undefined;
  const registerWaiting = (): Promise<Registered> => {
    const together = waiting;
    waiting = [];
    next = undefined;
    return registerJobs(database, together);
  };
  return async (envelope) => {
    waiting.push(envelope);
    if (next === undefined) {
      next = running.then(registerWaiting);
      running = next.catch(() => undefined);
    }
    const together = waiting;
    try {
      return madeOf(envelope, await next);
    } catch (error) {
      // One that the database will not take must not keep back the others.
      if (together.length > 1 && databaseFailure(error) === null) return registerJob(database, envelope);
      throw error;
    }
  };
}

const columns = {
  jobId: 'uuid',
  tenantId: 'uuid',
  feedId: 'uuid',
  credentialId: 'uuid',
  channel: 'text',
  fileName: 'text',
  mode: 'text',
  dryRun: 'boolean',
  size: 'bigint',
  sha256: 'text',
  receivedAt: 'timestamptz',
  sealedAt: 'timestamptz',
  folder: 'text',
  modifiedAt: 'timestamptz',
} as const satisfies Partial<Record<keyof Envelope, string>>;

const fields = Object.keys(columns) as (keyof typeof columns)[];

/** One statement, and so one transaction: jobs and wishes for a processor come together or not at all. */
const statement = {
  name: 'register-jobs',
  text: `with given as (
      select * from unnest(${fields.map((field, at) => `$${at + 1}::${columns[field]}[]`).join(', ')})
        as g (${fields.map((field) => `"${field}"`).join(', ')})
    ), made as (
      insert into jobs (id, tenant_id, feed_id, source_id, credential_id, state, channel, file_name, mode, dry_run, size,
        sha256, received_at, sealed_at, folder, file_modified_at)
      select g."jobId", f.tenant_id, f.id, f.source_id, g."credentialId", 'staged', g.channel, g."fileName",
        coalesce(g.mode, (select c.mode from credentials c where c.id = g."credentialId"), f.mode), g."dryRun", g.size,
        g.sha256, g."receivedAt", g."sealedAt", g.folder, g."modifiedAt"
      from given g join feeds f on f.id = g."feedId" and f.tenant_id = g."tenantId"
      order by g."sealedAt"
      on conflict (id) do nothing
      returning id, tenant_id
    ), woken as (
      select ${wakeUpSql('t.tenant_id')} from (select distinct tenant_id from made order by tenant_id) t
    )
    select id, true as made from made where (select count(*) from woken) > 0
    union all
    select j.id, false from jobs j join given g on g."jobId" = j.id`,
};

async function registerJobs(database: Database, envelopes: readonly Envelope[]): Promise<Registered> {
  const values = fields.map((field) => envelopes.map((envelope) => envelope[field] ?? null));
  const { rows } = await database.pool.query<{ id: JobId; made: boolean }>({ ...statement, values });
  const registered = new Map(rows.map(({ id, made }) => [id, made]));
  const missing = envelopes.map(({ jobId }) => jobId).filter((jobId) => !registered.has(jobId));
  if (missing.length > 0) {
    // Made by somebody else at this very moment, the statement neither makes them nor sees them.
    const found = await database.pool.query<{ id: JobId }>('select id from jobs where id = any($1)', [missing]);
    for (const { id } of found.rows) registered.set(id, false);
  }
  return registered;
}
