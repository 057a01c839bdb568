import { randomUUID } from 'node:crypto';

import { inTransaction, type Database, type Tx } from '@rosterport/database';
import { Failure, type TenantId } from '@rosterport/domain';

import { addFeed } from './add-feed.ts';
import type { Feed } from './feed.ts';

/** One customer company. */
export interface Tenant {
  readonly id: TenantId;
  /** Unique over all tenants; the user name on the SFTP. */
  readonly name: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}

interface TenantRow {
  readonly id: TenantId;
  readonly name: string;
  readonly created_at: Date;
}

const tenantName = /^[a-z][a-z0-9-]{0,31}$/;

/** The longest piece of a refused name that is repeated to whoever gave it. */
const shownName = 40;

/** True when a tenant may bear the name: 1 to 32 lower-case ASCII letters, digits and hyphens, a letter first. */
export function isTenantName(text: string): boolean {
  return tenantName.test(text);
}

/**
 * Makes a tenant with one source `files` and one feed `default` (delta, default policy): all of it or nothing.
 * Failures: `tenantNameInvalid`, `tenantExists`.
 */
export async function addTenant(
  db: Database,
  { name }: { readonly name: string },
): Promise<{ readonly tenant: Tenant; readonly feed: Feed }> {
  if (!isTenantName(name)) throw new Failure('tenantNameInvalid', { values: { name: name.slice(0, shownName) } });
  return inTransaction(db, async (tx) => {
    const tenant = await insertTenant(tx, name);
    return { tenant, feed: await addFeed(tx, { tenantId: tenant.id, source: 'files', name: 'default' }) };
  });
}

/** All tenants, ordered by name. */
export async function listTenants(db: Database): Promise<readonly Tenant[]> {
  const rows = await db.knex<TenantRow>('tenants').select('id', 'name', 'created_at').orderBy('name');
  return rows.map(asTenant);
}

/** The tenant of that exact name. Failure: `notFound`. */
export async function findTenant(db: Database, name: string): Promise<Tenant> {
  const row = isTenantName(name)
    ? await db.knex<TenantRow>('tenants').select('id', 'name', 'created_at').where({ name }).first()
    : undefined;
  if (row === undefined) throw new Failure('notFound', { values: { what: 'tenant' } });
  return asTenant(row);
}

/** Two who add one name at once: the second waits here for the first, then finds the name taken. */
async function insertTenant(tx: Tx, name: string): Promise<Tenant> {
  const [row] = await tx('tenants')
    .insert({ id: randomUUID(), name })
    .onConflict('name')
    .ignore()
    .returning<TenantRow[]>(['id', 'name', 'created_at']);
  if (row === undefined) throw new Failure('tenantExists', { values: { name } });
  return asTenant(row);
}

function asTenant(row: TenantRow): Tenant {
  return { id: row.id, name: row.name, createdAt: row.created_at.toISOString() };
}
