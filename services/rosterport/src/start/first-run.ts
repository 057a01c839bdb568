import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { addTenant, issueToken, listTenants } from '@rosterport/access';
import type { Database } from '@rosterport/database';
import type { Scope, TenantId } from '@rosterport/domain';

/** What a newcomer needs, as it is kept in `first-run.json` in the data folder. */
export interface FirstRun {
  readonly tenant: string;
  readonly sftpUser: string;
  /** May upload, and read the reports of its own uploads. */
  readonly token: string;
  /** May read all reports and the directory of the tenant. */
  readonly reportToken: string;
  /** May do besides what operators do: decide about jobs, edit the directory, change feeds. Missing where the tenant is gone. */
  readonly operatorToken?: string;
  readonly sftpPort: number;
  readonly httpsPort: number;
}

const demo = 'demo';

/**
 * Makes the tenant `demo` with its tokens and its drop folder when there is no tenant yet, and keeps the facts in
 * `first-run.json`, which only its owner may read. On later starts it gives what the file says, with the ports brought up to
 * date, and with the operator token that a file of an earlier release lacks. Gives `null` where somebody else's tenants are
 * in the database, or the file was removed.
 */
export async function firstRun(
  database: Database,
  dataDir: string,
  ports: Pick<FirstRun, 'sftpPort' | 'httpsPort'>,
): Promise<{ readonly facts: FirstRun; readonly isNew: boolean } | null> {
  const path = join(dataDir, 'first-run.json');
  const known = await readFacts(path);
  if (known !== null) {
    const facts = { ...known, ...(await lackingToken(database, known)), ...ports };
    const isStale = (Object.keys(facts) as (keyof FirstRun)[]).some((name) => facts[name] !== known[name]);
    if (isStale) await writeFacts(path, facts);
    return { facts, isNew: false };
  }
  const tenants = await listTenants(database);
  // A crash may have come between the tenant and the file; the tokens it issued were never shown to anybody.
  const unfinished = tenants.length === 1 && tenants[0]?.name === demo && !(await hasJobs(database));
  if (tenants.length > 0 && !unfinished) return null;
  const tenant = unfinished && tenants[0] !== undefined ? tenants[0] : (await addTenant(database, { name: demo })).tenant;
  const facts = {
    tenant: tenant.name,
    sftpUser: tenant.name,
    token: await issue(database, tenant.id, 'upload'),
    reportToken: await issue(database, tenant.id, 'reports'),
    operatorToken: await issue(database, tenant.id, 'operator'),
    ...ports,
  };
  // The drop folder was opened before there was a tenant.
  await mkdir(join(dataDir, 'drop', tenant.name), { recursive: true });
  await writeFacts(path, facts);
  return { facts, isNew: true };
}

/** The tokens of the first run, and what each may do. */
const purposes = {
  upload: ['upload'],
  reports: ['reports', 'directory'],
  operator: ['reports', 'directory', 'decide', 'edit', 'admin'],
} as const satisfies Readonly<Record<string, readonly Scope[]>>;

async function issue(database: Database, tenantId: TenantId, purpose: keyof typeof purposes): Promise<string> {
  const { token } = await issueToken(database, { tenantId, name: `first run: ${purpose}`, scopes: purposes[purpose] });
  return token;
}

/** An operator token where the facts have none and their tenant is still there. */
async function lackingToken(database: Database, known: FirstRun): Promise<Pick<FirstRun, 'operatorToken'>> {
  if (known.operatorToken !== undefined) return {};
  const tenant = (await listTenants(database)).find(({ name }) => name === known.tenant);
  return tenant === undefined ? {} : { operatorToken: await issue(database, tenant.id, 'operator') };
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
