import { afterAll, beforeAll } from '@jest/globals';
import { addTenant, issueToken, openAuthenticator, type Authenticator, type Tenant } from '@rosterport/access';
import { migrateWakeUps } from '@rosterport/jobs';
import { openLogger, openMetrics } from '@rosterport/runtime';
import { openStaging, type Staging } from '@rosterport/staging';
import { temporaryFolder, testDatabase, type TestDatabase } from '@rosterport/testing';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { GatewayContext } from '../../../gateway-context.ts';
import { ensureHostKeys } from '../../../host-keys.ts';
import { openDoorkeeper, type DoorkeeperOptions } from '../../../limits/doorkeeper.ts';
import { openQuotas } from '../../../limits/quotas.ts';
import { withQuotas } from '../../../quota-door.ts';
import { openDoor } from '../../../receive.ts';
import { openSftp, type SftpOptions, type SftpServer } from '../open-sftp.ts';

/** A tenant with a token that may upload. */
export interface Account {
  readonly tenant: Tenant;
  readonly token: string;
}

/** A job as the table has it. */
export interface FoundJob {
  readonly id: string;
  readonly file_name: string;
  readonly state: string;
  readonly size: number;
  readonly feed: string;
  readonly mode: string;
  readonly dry_run: boolean;
  readonly folder: string | null;
  readonly file_modified_at: Date | null;
}

/** An SFTP door over a database and a staging area of its own; there from `beforeAll` on. */
export interface DoorUnderTest {
  readonly context: GatewayContext;
  readonly server: SftpServer;
  readonly folder: string;
  readonly database: TestDatabase;
  /** The lines of the log so far. */
  log(): string;
  /** Makes a tenant. */
  account(name: string): Promise<Account>;
  /** The tenant's jobs, oldest first. */
  jobs(account: Account): Promise<readonly FoundJob[]>;
}

/** Bans nobody: most tests come from one address, and many are refused. */
const mildly = { penalties: { points: Number.POSITIVE_INFINITY } };

/** Opens an SFTP door for the tests of a file; call it at the top. It bans nobody unless the doorkeeper is told to. */
export function doorUnderTest(options: Partial<SftpOptions> = {}, keeping: Partial<DoorkeeperOptions> = mildly): DoorUnderTest {
  const database = testDatabase();
  const folder = temporaryFolder();
  const stream = new PassThrough();
  const log = openLogger({ level: 'debug', secrets: [], stream });
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  let opened: { staging: Staging; authenticator: Authenticator; context: GatewayContext; server: SftpServer } | undefined;
  const there = (): NonNullable<typeof opened> => {
    if (opened === undefined) throw new Error('The door is there from beforeAll on.');
    return opened;
  };

  beforeAll(async () => {
    const { db } = database;
    await migrateWakeUps(db);
    const metrics = openMetrics();
    const staging = await openStaging({ folder: join(folder, 'staging'), log });
    const authenticator = openAuthenticator(db);
    const quotas = openQuotas({ database: db });
    const door = withQuotas(openDoor({ database: db, staging, metrics, log }), quotas);
    const doorkeeper = await openDoorkeeper({ database: db, log, metrics, ...keeping });
    const context: GatewayContext = { database: db, staging, authenticator, door, doorkeeper, quotas, log, metrics };
    const { keys } = await ensureHostKeys(join(folder, 'ssh'));
    const fixed = { port: 0, host: '127.0.0.1', hostKeys: keys, limitBytes: 5_000_000 };
    const limits = { loginFailureMs: 0, ...options.limits };
    opened = { staging, authenticator, context, server: await openSftp(context, { ...fixed, ...options, limits }) };
  });
  afterAll(async () => {
    await opened?.server.close();
    await opened?.staging.close();
    await opened?.authenticator.close();
    await opened?.context.doorkeeper.close();
    await log.close();
  });

  return {
    database,
    folder,
    log: () => text,
    get context() {
      return there().context;
    },
    get server() {
      return there().server;
    },
    async account(name) {
      const { tenant } = await addTenant(database.db, { name });
      const { token } = await issueToken(database.db, { tenantId: tenant.id, name: 'upload', scopes: ['upload'] });
      return { tenant, token };
    },
    async jobs({ tenant }) {
      const { rows } = await database.db.pool.query<FoundJob>(
        `select j.id, j.file_name, j.state, j.size::int as size, f.name as feed, j.mode, j.dry_run, j.folder, j.file_modified_at
         from jobs j join feeds f on f.id = j.feed_id where j.tenant_id = $1 order by j.sealed_at`,
        [tenant.id],
      );
      return rows;
    },
  };
}

/** Waits until the condition holds; fails when it does not come true for more than a minute. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 80_000; !(await condition()); ) {
    if (performance.now() > end) throw new Error('the condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
