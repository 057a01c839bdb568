import { inTransaction, transactionClient } from '@rosterport/database';
import type { EditContext, Edited } from '@rosterport/directory';
import { Failure, type DirectoryPersonName } from '@rosterport/domain';
import type { Identity } from '@rosterport/access';
import { noteEvent } from '@rosterport/jobs';
import type { HttpsService } from './service.ts';

/** An edit on its way: what does it, and how its event is called. */
export interface HandEdit {
  readonly service: HttpsService;
  readonly identity: Identity;
  readonly kind: 'userEdited' | 'groupEdited';
  readonly action: 'created' | 'updated' | 'removed';
}

/**
 * Changes the directory by hand in one transaction, with an event of who changed which values of what record, and of each
 * group that was moved with it.
 */
export async function editByHand(
  edit: HandEdit,
  work: (context: EditContext) => Promise<Edited & { readonly moved?: readonly string[] }>,
): Promise<Edited> {
  const { service, identity, kind, action } = edit;
  const { tenantId, credentialId } = identity;
  return inTransaction(service.context.database, async (tx) => {
    const client = await transactionClient(tx);
    const edited = await work({ client, tenantId, credentialId });
    const { id, changed, moved = [] } = edited;
    const note = (details: object): Promise<void> => noteEvent(client, { tenantId, credentialId, kind, details: { ...details } });
    if (changed.length > 0) await note({ id, action, changed });
    for (const child of moved) await note({ id: child, action: 'updated', changed: ['parent'] });
    return edited;
  });
}

/** The id of a record in a path. Fails with `notFound` for what can be none. */
export function recordId(id: DirectoryPersonName['id'], what: 'person' | 'group'): string {
  if (/^\d{1,18}$/.test(id)) return id;
  throw new Failure('notFound', { values: { what } });
}
