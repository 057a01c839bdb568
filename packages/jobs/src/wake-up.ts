import type { Database, Tx } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';
import { run, runMigrations, type Logger as WorkerLogger, Logger, type Runner } from 'graphile-worker';

const task = 'process-tenant';
const sweep = 'sweep-tenants';

/**
 * Asks for a processor to look at the tenant, now or at a later moment. Several wishes for one tenant become one. It is only
 * a wish: the order and the claims of jobs are the ledger's.
 */
export async function wakeUp(tx: Tx, tenantId: TenantId, at?: Date): Promise<void> {
  const runAt = at ?? null;
  await tx.raw(
    `select graphile_worker.add_job(:task, json_build_object('tenantId', :tenantId::text), job_key := :key,
       run_at := coalesce(:runAt::timestamptz, now()), max_attempts := 5)`,
    // A wish for later has a key of its own, so that it does not put off one for now.
    { task, tenantId, runAt, key: `${task}:${tenantId}${at === undefined ? '' : ':later'}` },
  );
}

/**
 * The call of SQL that asks for a processor to look, now, at the tenant whose id this expression of SQL gives. A tenant that
 * waits already keeps its place, however many files come in the meantime.
 */
export function wakeUpSql(tenantId: string): string {
  return `graphile_worker.add_job('${task}', json_build_object('tenantId', ${tenantId}::text),
    job_key := '${task}:' || ${tenantId}::text, run_at := now(), max_attempts := 5, job_key_mode := 'preserve_run_at')`;
}

/** Asks for a processor to look at the tenants, now. */
export async function wakeNow(database: Database, ...tenantIds: readonly TenantId[]): Promise<void> {
  await database.pool.query(`select ${wakeUpSql('t')} from unnest($1::uuid[]) t`, [tenantIds]);
}

/** Makes or updates the tables of the wake-ups. Calling it again does nothing. */
export async function migrateWakeUps(database: Database): Promise<void> {
  await runMigrations({ pgPool: database.pool, logger: quiet });
}

/** Work that comes again and again, whether or not somebody wakes us. */
export interface Round {
  /** Lower-case letters and hyphens. */
  readonly name: string;
  /** Five fields of cron, in UTC. Each moment is told to one process only, and to none when none is there. */
  readonly schedule: string;
  run(): Promise<void>;
}

/** What a processor does when it is woken. */
export interface Waker {
  /** How many tenants at most are worked on at once. */
  readonly concurrency: number;
  /** Works off what the tenant has. */
  process(tenantId: TenantId): Promise<void>;
  /** Finds work that no wake-up told of, such as after a crash; called every minute. */
  sweep(): Promise<void>;
  readonly rounds: readonly Round[];
  /** Called when a wake-up could not be worked off. */
  failed(error: unknown): void;
}

/** How long to wait before the library is started again. */
const renewAfterMs = 1_000;

/**
 * Waits for wake-ups until `close`, which lets the work in hand come to its end. A worker of the library that loses the
 * database in the middle of its work ends for good, so then all of them are started anew.
 */
export async function serveWakeUps(database: Database, waker: Waker): Promise<{ close(): Promise<void> }> {
  let closed = false;
  let renewing: Promise<void> = Promise.resolve();
  const start = async (): Promise<Runner> => {
    const started = await startRunner(database, waker);
    // Its end is told by the event as well; a promise that nobody waits for must not end the process.
    started.promise.catch(() => undefined);
    started.events.once('worker:fatalError', () => {
      renewing = renew(started);
    });
    return started;
  };
  const renew = async (broken: Runner): Promise<void> => {
    await broken.stop().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, renewAfterMs));
    if (closed) return;
    try {
      runner = await start();
    } catch (error) {
      waker.failed(error);
      await renew(broken);
    }
  };
  let runner = await start();
  return {
    close: async () => {
      closed = true;
      await renewing;
      await runner.stop().catch(() => undefined);
    },
  };
}

function startRunner(database: Database, waker: Waker): Promise<Runner> {
  const rounds: readonly Round[] = [{ name: sweep, schedule: '* * * * *', run: () => waker.sweep() }, ...waker.rounds];
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      waker.failed(error);
      throw error;
    }
  };
  return run({
    pgPool: database.pool,
    concurrency: waker.concurrency,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: quiet,
    crontab: rounds.map(({ name, schedule }) => `${schedule} ${name} ?max=1`).join('\n'),
    taskList: {
      [task]: (payload) => guarded(() => waker.process((payload as { tenantId: TenantId }).tenantId)),
      ...Object.fromEntries(rounds.map((round) => [round.name, () => guarded(() => round.run())])),
    },
  });
}

/** The library's own words are not ours; failures reach us through `failed`. */
const quiet: WorkerLogger = new Logger(() => () => undefined);
