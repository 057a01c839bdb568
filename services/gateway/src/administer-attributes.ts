import { inTransaction, transactionClient, type Database } from '@rosterport/database';
import { defineAttribute, removeAttribute } from '@rosterport/directory';
import type { AttributeChange, AttributeDefinition } from '@rosterport/domain';
import { noteEvent } from '@rosterport/jobs';
import type { Administrator } from './administer-feeds.ts';
import { requireNoClearToken } from './clear-token-options.ts';

/**
 * Defines an attribute, or defines it anew, with its event; without one where nothing becomes another. Fails with
 * `attributeInvalid`.
 */
export async function setAttribute(
  database: Database,
  { tenantId, credentialId }: Administrator,
  definition: AttributeDefinition,
): Promise<AttributeChange> {
  await requireNoClearToken(database, tenantId, definition);
  return inTransaction(database, async (tx) => {
    const client = await transactionClient(tx);
    const change = await defineAttribute(client, definition, { tenantId, credentialId });
    const { before, after } = change;
    const details = { change: before === null ? 'defined' : 'changed', before, after };
    if (before !== after) await noteEvent(client, { tenantId, credentialId, kind: 'attributeChanged', details });
    return change;
  });
}

/** Removes the definition of an attribute of which nobody has a value, with its event. Fails with `notFound` and `attributeInUse`. */
export async function dropAttribute(
  database: Database,
  { tenantId, credentialId }: Administrator,
  name: string,
): Promise<AttributeDefinition> {
  return inTransaction(database, async (tx) => {
    const client = await transactionClient(tx);
    const before = await removeAttribute(client, name, { tenantId, credentialId });
    await noteEvent(client, { tenantId, credentialId, kind: 'attributeChanged', details: { change: 'removed', before, after: null } });
    return before;
  });
}
