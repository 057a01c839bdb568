import { listFeeds, type PolicyChanges } from '@rosterport/access';
import type { Database } from '@rosterport/database';
import { listAttributes } from '@rosterport/directory';
import { Failure, type AttributeDefinition, type TenantId } from '@rosterport/domain';

/**
 * Fails with `attributeInvalid` when an option is the text with which a feed of the tenant clears values: no file of that feed
 * could give it to anybody.
 */
export async function requireNoClearToken(database: Database, tenantId: TenantId, { options }: AttributeDefinition): Promise<void> {
  if (options.length === 0) return;
  const feed = (await listFeeds(database, tenantId)).find(({ policy }) => policy.clearToken !== null && options.includes(policy.clearToken));
  if (feed === undefined) return;
  throw new Failure('attributeInvalid', { values: { problem: `one of its options is the text with which files of the feed \`${feed.name}\` clear a value` } });
}

/** Fails with `feedInvalid` when the text with which a feed is to clear values is an option of an attribute. */
export async function requireNoOption(database: Database, tenantId: TenantId, { clearToken = null }: PolicyChanges): Promise<void> {
  if (clearToken === null) return;
  const attribute = (await listAttributes(database, tenantId)).find(({ options }) => options.includes(clearToken));
  if (attribute === undefined) return;
  throw new Failure('feedInvalid', { values: { problem: `the text that clears a value is an option of the attribute \`${attribute.name}\`` } });
}
