import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addKey, addTenant } from '@rosterport/access';
import { migrate, openDatabase, startEmbedded, type Database } from '@rosterport/database';
import { migrateWakeUps } from '@rosterport/jobs';
import type { Contender } from './contender.ts';
import type { GatewayTask, GatewayWish, GatewayWord } from './gateway-task.ts';
import type { WorkFolder } from './work-folder.ts';

/** The gateway of the product in a process of its own, with a PostgreSQL of its own. */
export interface Gateway extends Contender {
  readonly pid: number;
  /** Runs `work` and tells the delay of the event loop meanwhile: the 99th percentile, in milliseconds. */
  loopDelayDuring(work: () => Promise<unknown>): Promise<number>;
}

/** How a gateway is opened. */
export interface GatewayOptions {
  readonly folder: WorkFolder;
  readonly connections: number;
  readonly profile: string | null;
}

const program = fileURLToPath(new URL('./gateway-process.js', import.meta.url));
const user = 'bench';

/** Starts the database and the gateway, with one tenant whose key is that of the folder. */
export async function openGateway({ folder, connections, profile }: GatewayOptions): Promise<Gateway> {
  const home = join(folder.received, 'rosterport');
  await mkdir(home);
  const embedded = await startEmbedded({ folder: join(home, 'postgres'), log: () => undefined });
  let database: Database | undefined;
  const closeDatabase = async (): Promise<void> => {
    await database?.close();
    await embedded.stop();
  };
  try {
    database = await openDatabase({ url: embedded.url, poolSize: 2 });
    await prepare(database, folder.publicKey);
    const child = await start({ home, profile });
    const port = await begin(child, { folder: home, databaseUrl: embedded.url, connections });
    return {
      ...{ name: 'rosterport', port, user, clientOptions: [], pid: child.pid ?? 0 },
      async loopDelayDuring(work) {
        await ask(child, 'watch');
        await work();
        const word = await ask(child, 'tell');
        return word.kind === 'delay' ? word.p99 : Number.NaN;
      },
      take: taker(database, join(home, 'staging', 'kept')),
      async close() {
        await ended(child);
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

async function prepare(database: Database, publicKey: string): Promise<void> {
  await migrate(database);
  await migrateWakeUps(database);
  const { tenant } = await addTenant(database, { name: user });
  await addKey(database, { tenantId: tenant.id, name: 'bench', scopes: ['upload'], publicKey });
}

/** Its log goes to a file, as that of a service does. */
async function start({ home, profile }: { readonly home: string; readonly profile: string | null }): Promise<ChildProcess> {
  const log = await open(join(home, 'log'), 'w');
  const execArgv = profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = fork(program, { stdio: ['ignore', log.fd, log.fd, 'ipc'], execArgv });
  await log.close();
  return child;
}

async function begin(child: ChildProcess, task: GatewayTask): Promise<number> {
  const word = await ask(child, task);
  if (word.kind !== 'ready') throw new Error('The gateway did not open.');
  return word.port;
}

function ask(child: ChildProcess, question: GatewayTask | GatewayWish): Promise<GatewayWord> {
  return new Promise((resolve, reject) => {
    const lost = (): void => reject(new Error('The process of the gateway has ended; the last lines of its log tell why.'));
    child.once('exit', lost);
    child.once('message', (word: GatewayWord) => {
      child.off('exit', lost);
      resolve(word);
    });
    child.send(question);
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  const wish: GatewayWish = 'close';
  child.send(wish);
  const patience = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await exit;
  clearTimeout(patience);
}

/** Every file must have its job; then jobs and kept files go, so that each run begins with the same. */
function taker(database: Database, kept: string): Contender['take'] {
  return async (expected) => {
    const { rows } = await database.pool.query<{ files: number; bytes: string }>(
      'select count(*)::int as files, coalesce(sum(size), 0) as bytes from jobs',
    );
    const { files = 0, bytes = '0' } = rows[0] ?? {};
    if (files !== expected.files || Number(bytes) !== expected.bytes) {
      throw new Error(`The gateway has ${files} jobs with ${bytes} bytes instead of ${expected.files} with ${expected.bytes}.`);
    }
    await database.pool.query('truncate jobs cascade');
    for (const name of await readdir(kept, { recursive: true })) {
      if (/\.(file|json)$/.test(name)) await rm(join(kept, name));
    }
  };
}
