import type { Database } from '@rosterport/database';
import { isScope, type CredentialId, type FeedId, type TenantId } from '@rosterport/domain';

import type { Identity } from './identity.ts';
import { isTenantName } from './tenants.ts';

/** A credential that is not revoked. Whether it has expired is for the caller to say. */
export interface FoundCredential {
  readonly identity: Identity;
  /** What was used: the credential itself, or a further key of it. */
  readonly usedId: CredentialId;
  /** Lists of networks; each that is not empty must hold the sender's address. */
  readonly networks: readonly (readonly string[])[];
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

interface FoundRow {
  readonly used_id: CredentialId;
  readonly id: CredentialId;
  readonly tenant_id: TenantId;
  readonly tenant_name: string;
  readonly feed_id: FeedId;
  readonly scopes: readonly string[];
  readonly tenant_networks: readonly string[];
  readonly networks: readonly string[];
  readonly used_networks: readonly string[];
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

const select = `
  select u.id as used_id, c.id, c.tenant_id, t.name as tenant_name, c.feed_id, c.scopes,
    t.networks as tenant_networks, c.networks, u.networks as used_networks,
    least(c.expires_at, u.expires_at) as expires_at, u.last_used_at
  from credentials u join credentials c on c.id = coalesce(u.part_of, u.id) join tenants t on t.id = c.tenant_id
  where u.revoked_at is null and c.revoked_at is null`;

const noTenant = '00000000-0000-0000-0000-000000000000';

/**
 * The credential of a token's hash. The token itself is never compared: how long an index takes to find a SHA-256 tells
 * nothing about the characters of the token. The work does not depend on the tenant that the sender names.
 */
export async function findByTokenHash(db: Database, hash: Buffer): Promise<FoundCredential | null> {
  return first(await db.pool.query<FoundRow>(`${select} and u.token_hash = $1`, [hash]));
}

/** The tenant's credential of a key. An unknown tenant costs the same look-ups as an unknown key of a known one. */
export async function findByKey(db: Database, tenantName: string, blob: Buffer): Promise<FoundCredential | null> {
  // PostgreSQL refuses texts with a NUL; no tenant has the empty name.
  const name = isTenantName(tenantName) ? tenantName : '';
  const byKey = `${select}
    and u.tenant_id = coalesce((select id from tenants where name = $1), '${noTenant}'::uuid) and u.public_key = $2`;
  return first(await db.pool.query<FoundRow>(byKey, [name, blob]));
}

function first({ rows }: { readonly rows: readonly FoundRow[] }): FoundCredential | null {
  const row = rows[0];
  if (row === undefined) return null;
  return {
    identity: {
      tenantId: row.tenant_id,
      tenantName: row.tenant_name,
      credentialId: row.id,
      feedId: row.feed_id,
      scopes: row.scopes.filter(isScope),
    },
    usedId: row.used_id,
    networks: [row.tenant_networks, row.networks, row.used_networks],
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
