import { isScope, type CredentialId, type FeedId, type Mode, type Scope, type TenantId } from '@rosterport/domain';

/** What a sender proves itself with, as it may be shown: neither the token nor the key is in it. Times are ISO 8601 in UTC. */
export interface Credential {
  readonly id: CredentialId;
  readonly tenantId: TenantId;
  /** The feed that its uploads belong to. */
  readonly feedId: FeedId;
  /** What absence means in its files, where neither request nor folder says so; `null` leaves it to the feed. */
  readonly mode: Mode | null;
  /** The name that people gave it. */
  readonly name: string;
  readonly kind: 'token' | 'sshKey';
  readonly scopes: readonly Scope[];
  /** Networks from which alone it is accepted (CIDR); any address where it is empty. */
  readonly networks: readonly string[];
  /** The credential as which a further key proves its sender; feed, mode and scopes are those of that one. `null` for all else. */
  readonly partOf: CredentialId | null;
  /** `SHA256:…` of a key, as OpenSSH shows it; `null` for a token. */
  readonly fingerprint: string | null;
  readonly createdAt: string;
  /** From this moment on it is refused; `null` when it does not expire. */
  readonly expiresAt: string | null;
  /** Exact to a minute. */
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** A row of `credentials` without its secrets. */
export interface CredentialRow {
  readonly id: CredentialId;
  readonly tenant_id: TenantId;
  readonly feed_id: FeedId;
  readonly mode: Mode | null;
  readonly name: string;
  readonly kind: 'token' | 'sshKey';
  readonly scopes: readonly string[];
  readonly networks: readonly string[];
  readonly part_of: CredentialId | null;
  readonly fingerprint: string | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

/** The columns of a `CredentialRow`. */
export const credentialColumns = [
  'id',
  'tenant_id',
  'feed_id',
  'mode',
  'name',
  'kind',
  'scopes',
  'networks',
  'part_of',
  'fingerprint',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const satisfies readonly (keyof CredentialRow)[];

/** The credential that a row holds. */
export function asCredential(row: CredentialRow): Credential {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    feedId: row.feed_id,
    mode: row.mode,
    name: row.name,
    kind: row.kind,
    scopes: row.scopes.filter(isScope),
    networks: row.networks,
    partOf: row.part_of,
    fingerprint: row.fingerprint,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
