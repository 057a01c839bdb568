import { findFeed, findTenant, listTenants } from '@rosterport/access';
import { databaseFailure } from '@rosterport/database';
import { Failure } from '@rosterport/domain';
import { watchDropFolder, type DropArrival } from '@rosterport/staging';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GatewayContext } from '../../gateway-context.ts';
import type { Said, Sender } from '../../receive.ts';
import { feedsFolder, saidBy, uploadFolder } from '../../upload-folder.ts';

/** How the drop folder is opened. */
export interface DropFolderOptions {
  /** Holds one folder a tenant, by the tenant's name. */
  readonly folder: string;
  /** How long a file must have stayed as it is before it counts as whole. */
  readonly settleSeconds: number;
  /** The largest file that is taken, in bytes. */
  readonly limitBytes: number;
}

/** The open drop folder. */
export interface DropFolder {
  /** True while the folder can be read. */
  readonly ready: boolean;
  /** Takes no more files; resolves when the one under way has been dealt with. */
  close(): Promise<void>;
}

/**
 * Opens the drop folder. A file in `<folder>/<tenant>/` goes to the tenant's feed `default` and is removed once it is sealed;
 * the folders `full`, `delta`, `test` and `feeds/<name>` in it mean what they mean over SFTP, and are made by whoever needs
 * them. What can never be taken goes to `refused` beside it, with the reason. The folders of the tenants that exist are made here;
 * for a tenant that is added later, whoever adds it or drops its first file makes the folder. Fails with
 * `databaseUnavailable`.
 */
export async function openDropFolder(context: GatewayContext, options: DropFolderOptions): Promise<DropFolder> {
  const { folder, settleSeconds, limitBytes } = options;
  const tenants = await asked(listTenants(context.database));
  for (const { name } of tenants) await mkdir(join(folder, name), { recursive: true });
  return watchDropFolder({
    folder,
    settleSeconds,
    log: context.log,
    useOf: (path) => (path === feedsFolder ? 'folders' : uploadFolder(path) === null ? null : 'files'),
    onArrival: (arrival) => take(context, arrival, limitBytes),
  });
}

async function take(context: GatewayContext, arrival: DropArrival, limitBytes: number): Promise<void> {
  const sender = await senderOf(context, arrival.account);
  if (arrival.size > limitBytes) throw new Failure('fileTooLarge', { values: { limit: limitBytes } });
  const { arrivalId: jobId } = arrival;
  const incoming = await context.door.begin({ sender, said: saidOf(arrival), channel: 'drop-folder', limitBytes, jobId });
  try {
    for await (const chunk of arrival.stream()) await incoming.upload.write(incoming.upload.size, chunk);
  } catch (error) {
    await incoming.discard('broken');
    throw error;
  }
  const { registered } = await incoming.accept(arrival.fileName);
  await registered;
}

function saidOf({ folder, modifiedAt }: DropArrival): Said {
  const place = uploadFolder(folder);
  return { ...(place === null ? {} : saidBy(place)), modifiedAt: modifiedAt.toISOString() };
}

/** Fails with `notFound` when no tenant has that name, and with `databaseUnavailable`. */
async function senderOf({ database }: GatewayContext, account: string): Promise<Sender> {
  const tenant = await asked(findTenant(database, account));
  const feed = await asked(findFeed(database, tenant.id, 'default'));
  return { tenantId: tenant.id, feedId: feed.id, credentialId: null };
}

async function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw databaseFailure(error) ?? error;
  }
}
