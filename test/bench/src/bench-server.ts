import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabase, migrate, openDatabase, startEmbedded, type Clone, type Database } from '@rosterport/database';
import { migrateWakeUps } from '@rosterport/jobs';

/** A PostgreSQL and a folder for one measurement. */
export interface BenchServer {
  /** For files; its own folder is beside them. */
  readonly folder: string;
  /** The server's log. */
  readonly logPath: string;
  /** The server's process. */
  readonly pid: number;
  /** Runs `work` on a database of its own, which is gone afterwards. */
  withDatabase<T>(work: DatabaseWork<T>): Promise<T>;
  /** The same with the tables of the product. */
  withProduct<T>(work: DatabaseWork<T>): Promise<T>;
}

type DatabaseWork<T> = (database: Database, url: string) => Promise<T>;

/** As safe as in production, with memory for a large load, so that neither side waits for checkpoints. */
const settings = {
  shared_buffers: '512MB',
  max_wal_size: '8GB',
  work_mem: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
};

/**
 * Starts an embedded PostgreSQL in a temporary folder, does the work on it, and removes everything. When the signal comes, the
 * server stops, so that whatever waits for it fails at once.
 */
export async function onBenchServer<T>(signal: AbortSignal, work: (server: BenchServer) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'rosterport-bench-'));
  try {
    const home = join(folder, 'postgres');
    const server = await startEmbedded({ folder: home, log: () => undefined, extraSettings: settings });
    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopping ??= server.stop());
    const interrupt = (): void => void stop();
    signal.addEventListener('abort', interrupt);
    try {
      signal.throwIfAborted();
      return await work(benchServer({ folder, logPath: join(home, 'postgres.log'), pid: server.pid }, server.url));
    } finally {
      signal.removeEventListener('abort', interrupt);
      await stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function benchServer(place: Pick<BenchServer, 'folder' | 'logPath' | 'pid'>, url: string): BenchServer {
  const withDatabase = async <T>(work: DatabaseWork<T>): Promise<T> => within(await emptyDatabase(url), work);
  return {
    ...place,
    withDatabase,
    withProduct: (work) =>
      withDatabase(async (database, own) => {
        await migrate(database);
        await migrateWakeUps(database);
        return work(database, own);
      }),
  };
}

async function within<T>(clone: Clone, work: DatabaseWork<T>): Promise<T> {
  try {
    const database = await openDatabase({ url: clone.url, poolSize: 2, applicationName: 'rosterport-bench' });
    return await work(database, clone.url).finally(() => database.close());
  } finally {
    // The whole server is about to go; a database that cannot be dropped any more must not hide why.
    await clone.drop().catch(() => undefined);
  }
}

/** Leaves nothing of what was loaded before to be done while something is measured. */
export async function settle(database: Database): Promise<void> {
  await database.pool.query('vacuum (analyze)');
  await database.pool.query('checkpoint');
}

/** Has the server's log tell every statement, and how long it took, of sessions of this database that begin later. */
export async function keepStatements(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ name: string }>('select quote_ident(current_database()) as name');
  await database.pool.query(`alter database ${rows[0]?.name ?? ''} set log_min_duration_statement = 0`);
}
