import { Failure, type CredentialId, type FeedId, type Scope, type TenantId } from '@rosterport/domain';

/** Who a sender was proved to be. */
export interface Identity {
  readonly tenantId: TenantId;
  readonly tenantName: string;
  readonly credentialId: CredentialId;
  /** The feed that uploads belong to. */
  readonly feedId: FeedId;
  readonly scopes: readonly Scope[];
}

/** Returns when the credential has the scope. Failure: `scopeMissing`. */
export function requireScope(identity: Identity, scope: Scope): void {
  if (!identity.scopes.includes(scope)) throw new Failure('scopeMissing', { values: { scope } });
}
