import type { PoolClient } from '@rosterport/database';
import type { CredentialId, TenantId } from '@rosterport/domain';

/** What everything that changes the directory by hand needs. */
export interface EditContext {
  /** A connection inside an open transaction (READ COMMITTED). */
  readonly client: PoolClient;
  readonly tenantId: TenantId;
  /** Who does it; `null` for an operator at the host. */
  readonly credentialId: CredentialId | null;
}

/** What became of a record that was edited. */
export interface Edited {
  /** Id of the record. */
  readonly id: string;
  /** The names of what is now another, without the values; attributes are named `attributes.<name>`. Empty when nothing is. */
  readonly changed: readonly string[];
}

/** The source in whose name memberships are given by hand. */
export const byHand = '00000000-0000-0000-0000-000000000000';
