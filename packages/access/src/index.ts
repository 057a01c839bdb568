/**
 * Who may do what: tenants, their feeds, and the credentials that senders prove themselves with. Tokens and public keys
 * come in, identities and records go out; it also keeps the list of banned addresses for all doors. It never keeps a token in
 * clear, opens no port, and does not slow down or lock out whoever guesses: that belongs to the doors.
 */
export { addFurtherKey, addKey, type FurtherKey, type NewKey } from './add-key.ts';
export { openAuthenticator, type Authenticator, type AuthenticatorOptions } from './authenticator.ts';
export { keepBan, liftBan, listBans, recentBans, type Ban, type BanLeft } from './bans.ts';
export { changeTenant, type TenantChanges } from './change-tenant.ts';
export type { Credential } from './credential.ts';
export { listCredentials, revokeCredential } from './credentials.ts';
export { addFeed, type NewFeed } from './add-feed.ts';
export { changeFeed, type FeedChanges } from './change-feed.ts';
export { shownFeed, type Feed, type ShownFeed } from './feed.ts';
export { feedProblems, type FeedChoices } from './feed-problem.ts';
export { feedDifferences, type FeedDifference } from './feed-differences.ts';
export { feedOf, findFeed, listFeeds } from './feeds.ts';
export { requireScope, type Identity } from './identity.ts';
export { issueToken, type NewToken } from './issue-token.ts';
export { openKnownFeeds, type KnownFeeds } from './known-feeds.ts';
export type { NewCredential } from './new-credential.ts';
export { mergedPolicy, type PolicyChanges } from './policy-changes.ts';
export { fingerprintOf, readPublicKey, type PublicKey } from './public-key.ts';
export { tenantQuota, type TenantQuota } from './tenant-quota.ts';
export { addTenant, findTenant, isTenantName, listTenants, type Tenant } from './tenants.ts';
