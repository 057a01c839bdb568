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
  /** Networks from which alone its credentials are accepted (CIDR); any address where it is empty. */
  readonly networks: readonly string[];
  /** What it may send in a day of UTC; `null` leaves it to the settings. */
  readonly dailyBytes: number | null;
  readonly dailyFiles: number | null;
}

/** A row of `tenants`. */
export interface TenantRow {
  readonly id: TenantId;
  readonly name: string;
  readonly created_at: Date;
  readonly networks: readonly string[];
  /** As text, since it is a bigint. */
  readonly daily_bytes: string | null;
  readonly daily_files: number | null;
}

/** The columns of a `TenantRow`. */
export const tenantColumns = ['id', 'name', 'created_at', 'networks', 'daily_bytes', 'daily_files'] as const satisfies readonly (keyof TenantRow)[];

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
  const rows = await db.knex<TenantRow>('tenants').select([...tenantColumns]).orderBy('name');
  return rows.map(asTenant);
}

/** The tenant of that exact name. Failure: `notFound`. */
export async function findTenant(db: Database, name: string): Promise<Tenant> {
  const row = isTenantName(name)
    ? await db.knex<TenantRow>('tenants').select([...tenantColumns]).where({ name }).first<TenantRow | undefined>()
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
    .returning<TenantRow[]>([...tenantColumns]);
  if (row === undefined) throw new Failure('tenantExists', { values: { name } });
  return asTenant(row);
}

/** The tenant that a row holds. */
export function asTenant(row: TenantRow): Tenant {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    networks: row.networks,
    dailyBytes: row.daily_bytes === null ? null : Number(row.daily_bytes),
    dailyFiles: row.daily_files,
  };
}
