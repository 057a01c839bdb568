import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabase, openDatabase, startEmbedded, type Clone, type Database } from '@rosterport/database';

/** A PostgreSQL and a folder for one measurement. */
export interface BenchServer {
  /** For files; its own folder is beside them. */
  readonly folder: string;
  /** The server's log. */
  readonly logPath: string;
  /** Runs `work` on a database of its own, which is gone afterwards. */
  withDatabase<T>(work: (database: Database, url: string) => Promise<T>): Promise<T>;
  /** Ends every connection and the server. May be called twice. */
  stop(): Promise<void>;
  /** Stops and removes everything. */
  close(): Promise<void>;
}

/** As safe as in production, with memory for a large load, so that neither side waits for checkpoints. */
const settings = {
  shared_buffers: '512MB',
  max_wal_size: '8GB',
  work_mem: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
};

/** Starts an embedded PostgreSQL in a temporary folder. */
export async function openBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterport-bench-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const home = join(folder, 'postgres');
    const server = await startEmbedded({ folder: home, log: () => undefined, extraSettings: settings });
    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopping ??= server.stop());
    return {
      folder,
      logPath: join(home, 'postgres.log'),
      withDatabase: async (work) => within(await emptyDatabase(server.url), work),
      stop,
      close: () => stop().finally(remove),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function within<T>(clone: Clone, work: (database: Database, url: string) => Promise<T>): Promise<T> {
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
