import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { addTenant, issueToken, listTenants } from '@rosterport/access';
import type { Database } from '@rosterport/database';

/** What a newcomer needs, as it is kept in `first-run.json` in the data folder. */
export interface FirstRun {
  readonly tenant: string;
  readonly sftpUser: string;
  /** May upload, and read the reports of its own uploads. */
  readonly token: string;
  /** May read all reports and the directory of the tenant. */
  readonly reportToken: string;
  readonly sftpPort: number;
  readonly httpsPort: number;
}

const demo = 'demo';

/**
 * Makes the tenant `demo` with its tokens and its drop folder when there is no tenant yet, and keeps the facts in
 * `first-run.json`, which only its owner may read. On later starts it gives what the file says, with the ports brought up to
 * date. Gives `null` where somebody else's tenants are in the database, or the file was removed.
 */
export async function firstRun(
  database: Database,
  dataDir: string,
  ports: Pick<FirstRun, 'sftpPort' | 'httpsPort'>,
): Promise<{ readonly facts: FirstRun; readonly isNew: boolean } | null> {
  const path = join(dataDir, 'first-run.json');
  const known = await readFacts(path);
  if (known !== null) {
    const facts = { ...known, ...ports };
    if (known.sftpPort !== ports.sftpPort || known.httpsPort !== ports.httpsPort) await writeFacts(path, facts);
    return { facts, isNew: false };
  }
  const tenants = await listTenants(database);
  // A crash may have come between the tenant and the file; the tokens it issued were never shown to anybody.
  const unfinished = tenants.length === 1 && tenants[0]?.name === demo && !(await hasJobs(database));
  if (tenants.length > 0 && !unfinished) return null;
  const tenant = unfinished && tenants[0] !== undefined ? tenants[0] : (await addTenant(database, { name: demo })).tenant;
  const upload = await issueToken(database, { tenantId: tenant.id, name: 'first run: upload', scopes: ['upload'] });
  const report = await issueToken(database, { tenantId: tenant.id, name: 'first run: reports', scopes: ['reports', 'directory'] });
  const facts = { tenant: tenant.name, sftpUser: tenant.name, token: upload.token, reportToken: report.token, ...ports };
  // The drop folder was opened before there was a tenant.
  await mkdir(join(dataDir, 'drop', tenant.name), { recursive: true });
  await writeFacts(path, facts);
  return { facts, isNew: true };
}

async function hasJobs(database: Database): Promise<boolean> {
  return (await database.knex('jobs').first('id')) !== undefined;
}

async function readFacts(path: string): Promise<FirstRun | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as FirstRun;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function writeFacts(path: string, facts: FirstRun): Promise<void> {
  const written = `${path}.${randomUUID()}`;
  const handle = await open(written, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(facts, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(written, path);
}
