import { randomUUID } from 'node:crypto';

import type { Database } from '@rosterport/database';
import { Failure, isId, isScope, scopes, type FeedId, type Mode, type Scope, type TenantId } from '@rosterport/domain';

import { provedNetworks } from './sender-networks.ts';

/** What every new credential needs, whatever its kind. */
export interface NewCredential {
  readonly tenantId: TenantId;
  /** The feed that its uploads belong to; the tenant's feed `default` where none is named. */
  readonly feedId?: FeedId | undefined;
  /** What absence means in its files, where neither request nor folder says so; left to the feed where it is left out. */
  readonly mode?: Mode | undefined;
  /** For people, 1 to 100 characters. Names need not be unique. */
  readonly name: string;
  /** At least one. */
  readonly scopes: readonly Scope[];
  /** From this moment on it is refused; must lie ahead. Never where it is left out. */
  readonly expiresAt?: Date | undefined;
  /** Networks from which alone it is accepted, such as `10.0.0.0/8`; any address where it is left out or empty. */
  readonly networks?: readonly string[] | undefined;
}

const longestName = 100;

/**
 * The columns that credentials of every kind share, checked. Failures: `credentialInvalid`, `networkInvalid`, and `notFound` when the
 * tenant does not exist or the feed is not the tenant's.
 */
export async function credentialValues(db: Database, wanted: NewCredential): Promise<Readonly<Record<string, unknown>>> {
  const problem = problemOf(wanted);
  if (problem !== null) throw new Failure('credentialInvalid', { values: { problem } });
  return {
    id: randomUUID(),
    tenant_id: wanted.tenantId,
    feed_id: await feedIdOf(db, wanted),
    mode: wanted.mode ?? null,
    name: wanted.name,
    scopes: scopes.filter((scope) => wanted.scopes.includes(scope)),
    expires_at: wanted.expiresAt ?? null,
    networks: provedNetworks(wanted.networks ?? []),
  };
}

function problemOf({ name, mode, scopes: wanted, expiresAt }: NewCredential): string | null {
  if (name.trim() === '') return 'it has no name';
  if (name.length > longestName) return `its name is longer than ${longestName} characters`;
  if (/\p{Cc}/u.test(name)) return 'its name holds control characters';
  if (mode !== undefined && !['delta', 'full'].includes(mode)) return 'its mode is neither delta nor full';
  if (wanted.length === 0) return 'it has no scope';
  if (!wanted.every(isScope)) return 'one of its scopes does not exist';
  if (expiresAt === undefined) return null;
  if (Number.isNaN(expiresAt.getTime())) return 'its expiry is not a moment in time';
  return expiresAt.getTime() <= Date.now() ? 'its expiry is past already' : null;
}

async function feedIdOf(db: Database, { tenantId, feedId }: NewCredential): Promise<FeedId> {
  const which = feedId === undefined ? { name: 'default' } : { id: feedId };
  const row = [tenantId, feedId ?? tenantId].every(isId)
    ? await db.knex('feeds').select('id').where({ tenant_id: tenantId, ...which }).first<{ id: FeedId } | undefined>()
    : undefined;
  if (row === undefined) throw new Failure('notFound', { values: { what: feedId === undefined ? 'tenant' : 'feed' } });
  return row.id;
}
