import { join } from 'node:path';
import { beforeAll } from '@jest/globals';
import { Lifecycle, type Logger } from '@rosterport/runtime';
import { settingsFrom } from '../../settings.ts';
import { firstRun, type FirstRun } from '../../start/first-run.ts';
import { startAll } from '../../start/start-all.ts';
import { typeCommand, type Typed, type Typing } from './type-command.ts';

/** A server on its first start, and commands typed on its machine. */
export interface RunningServer {
  readonly facts: () => FirstRun;
  readonly url: () => string;
  /** The data folder says all, as to a newcomer. */
  readonly run: (typed: readonly string[], typing?: Typing) => Promise<Typed>;
}

const silence: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silence,
};

const ports = { ROSTERPORT_SFTP_PORT: '0', ROSTERPORT_HTTPS_PORT: '0' };

/** What closes a server; to be registered before the database and the folder that the server uses. */
export function serverLife(): Lifecycle {
  return new Lifecycle({ log: silence });
}

/** Starts a server before the tests of a file, over the database, with its data in the folder. */
export function runningServer(lifecycle: Lifecycle, place: { readonly databaseUrl: () => string; readonly folder: string }): RunningServer {
  const dataDir = join(place.folder, 'data');
  let facts: FirstRun | undefined;
  beforeAll(async () => {
    const settings = settingsFrom({ ...ports, ROSTERPORT_DATA_DIR: dataDir, DATABASE_URL: place.databaseUrl() });
    const { database, sftpPort, httpsPort } = await startAll({ settings, log: silence, lifecycle });
    facts = (await firstRun(database, dataDir, { sftpPort, httpsPort }))?.facts;
  });
  const known = (): FirstRun => {
    if (facts === undefined) throw new Error('The server has not been started.');
    return facts;
  };
  return {
    facts: known,
    url: () => `https://localhost:${known().httpsPort}`,
    run: (typed, typing = {}) => typeCommand(typed, { ...typing, env: { ...ports, ROSTERPORT_DATA_DIR: dataDir, ...typing.env } }),
  };
}
