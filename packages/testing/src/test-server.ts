import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabase, migrate, openDatabase, startEmbedded } from '@rosterport/database';

/** A server with a migrated database to copy. */
export interface TestServer {
  readonly templateUrl: string;
  /** Leaves nothing behind. */
  stop(): Promise<void>;
}

/** Starts the embedded PostgreSQL in a temporary folder, or uses the given server, and makes the template there. */
export async function startTestServer(givenUrl: string | undefined): Promise<TestServer> {
  const server = givenUrl === undefined ? await ownServer() : { url: givenUrl, stop: () => Promise.resolve() };
  try {
    const template = await emptyDatabase(server.url);
    const db = await openDatabase({ url: template.url, poolSize: 1 });
    await migrate(db).finally(() => db.close());
    return {
      templateUrl: template.url,
      stop: () => template.drop().finally(() => server.stop()),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Nothing here outlives the tests, so nothing needs to reach the disk. */
const carefree = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' };

async function ownServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterport-test-server-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const server = await startEmbedded({ folder, log: () => undefined, extraSettings: carefree });
    return { url: server.url, stop: () => server.stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
