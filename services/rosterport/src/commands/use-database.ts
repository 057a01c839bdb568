import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  databaseFailure,
  migrate,
  openDatabase,
  runningEmbedded,
  startEmbedded,
  type Database,
  sqlStateOf,
} from '@rosterport/database';
import { Failure, isFailure } from '@rosterport/domain';
import { migrateWakeUps } from '@rosterport/jobs';
import { lockFolder, type FolderLock } from '@rosterport/runtime';
import type { Settings } from '../settings.ts';

/** How a command uses the database. */
export interface DatabaseUse {
  /** True when the command may make the embedded database where there is none. */
  readonly mayCreate?: boolean;
  /** True when the command migrates by itself. */
  readonly migrates?: boolean;
}

/** Where the database is, for as long as a command needs it. */
interface Place {
  readonly url: string;
  /** True when the server was started for this command alone, so that nobody else uses it. */
  readonly isOwn: boolean;
  leave(): Promise<void>;
}

/**
 * Does work on the database: that of DATABASE_URL, else the embedded one of the data folder. Where the embedded server runs
 * it is used; where it does not, it is started, migrated, and stopped afterwards, under the lock of the folder.
 *
 * Fails with `databaseMissing`, `databaseNotMigrated`, `databaseUnavailable`, and like opening and starting a database.
 */
export async function useDatabase<Result>(
  settings: Settings,
  work: (database: Database) => Promise<Result>,
  use: DatabaseUse = {},
): Promise<Result> {
  const place = await findDatabase(settings, use);
  try {
    const database = await openDatabase({ url: place.url, poolSize: 4, applicationName: 'rosterport-cli' });
    try {
      if (place.isOwn && use.migrates !== true) await migrateAll(database);
      return await work(database);
    } catch (error) {
      throw inOurWords(error);
    } finally {
      await database.close();
    }
  } finally {
    await place.leave();
  }
}

/** Brings all tables to the newest version; returns the steps that were applied. */
export async function migrateAll(database: Database): Promise<readonly string[]> {
  const applied = await migrate(database);
  await migrateWakeUps(database);
  return applied;
}

async function findDatabase(settings: Settings, { mayCreate = false }: DatabaseUse): Promise<Place> {
  if (settings.databaseUrl !== null) return placeOfOthers(settings.databaseUrl.reveal());
  const folder = join(settings.dataDir, 'postgres');
  if (!mayCreate && !(await exists(folder))) throw new Failure('databaseMissing', { values: { folder: settings.dataDir } });
  // Whoever holds the folder may be starting or stopping its server at this moment.
  for (const end = Date.now() + 30_000; ; await pause(200)) {
    const lock = await lockOrHolder(settings.dataDir);
    if (!isFailure(lock)) return startOwn(folder, lock);
    const url = await runningEmbedded(folder);
    if (url !== null) return placeOfOthers(url);
    if (Date.now() > end) throw lock;
  }
}

function placeOfOthers(url: string): Place {
  return { url, isOwn: false, leave: () => Promise.resolve() };
}

async function startOwn(folder: string, lock: FolderLock): Promise<Place> {
  try {
    const server = await startEmbedded({ folder, log: () => undefined });
    const leave = (): Promise<void> => server.stop().finally(() => lock.release());
    return { url: server.url, isOwn: true, leave };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function lockOrHolder(folder: string): Promise<FolderLock | Failure> {
  try {
    return await lockFolder(folder);
  } catch (error) {
    if (isFailure(error) && error.code === 'dataFolderInUse') return error;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: unknown) => (error as NodeJS.ErrnoException).code !== 'ENOENT',
  );
}

/** Undefined table, column, function or schema (PostgreSQL, appendix A). */
const lacking = new Set(['42P01', '42703', '42883', '3F000']);

function inOurWords(error: unknown): unknown {
  if (isFailure(error)) return error;
  if (lacking.has(sqlStateOf(error) ?? '')) return new Failure('databaseNotMigrated', { cause: error });
  return databaseFailure(error) ?? error;
}
