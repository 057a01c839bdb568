import type { Database } from '@rosterport/database';
import { isScope, type CredentialId, type FeedId, type TenantId } from '@rosterport/domain';

import type { Identity } from './identity.ts';
import { isTenantName } from './tenants.ts';

/** A credential that is not revoked. Whether it has expired is for the caller to say. */
export interface FoundCredential {
  readonly identity: Identity;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

interface FoundRow {
  readonly id: CredentialId;
  readonly tenant_id: TenantId;
  readonly tenant_name: string;
  readonly feed_id: FeedId;
  readonly scopes: readonly string[];
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

const select = `
  select c.id, c.tenant_id, t.name as tenant_name, c.feed_id, c.scopes, c.expires_at, c.last_used_at
  from credentials c join tenants t on t.id = c.tenant_id
  where c.revoked_at is null`;

const noTenant = '00000000-0000-0000-0000-000000000000';

/**
 * The credential of a token's hash. The token itself is never compared: how long an index takes to find a SHA-256 tells
 * nothing about the characters of the token. The work does not depend on the tenant that the sender names.
 */
export async function findByTokenHash(db: Database, hash: Buffer): Promise<FoundCredential | null> {
  return first(await db.pool.query<FoundRow>(`${select} and c.token_hash = $1`, [hash]));
}

/** The tenant's credential of a key. An unknown tenant costs the same look-ups as an unknown key of a known one. */
export async function findByKey(db: Database, tenantName: string, blob: Buffer): Promise<FoundCredential | null> {
  // PostgreSQL refuses texts with a NUL; no tenant has the empty name.
  const name = isTenantName(tenantName) ? tenantName : '';
  const byKey = `${select}
    and c.tenant_id = coalesce((select id from tenants where name = $1), '${noTenant}'::uuid) and c.public_key = $2`;
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
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
