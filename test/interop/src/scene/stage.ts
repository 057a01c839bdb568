import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addKey, addTenant, issueToken } from '@rosterport/access';
import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';
import { newDataDir, openDatabaseOf, removeDataDir, startProduct, type Product } from '@rosterport/journeys';
import { keyKinds, type Client } from '../client.ts';
import { runCommand } from './run-command.ts';
import { makeTools, type Tools } from './tools.ts';

/** A tenant of one client's own, so that clients see nothing of each other. */
export interface Account {
  readonly tenantId: TenantId;
  readonly user: string;
  readonly password: string;
}

/** A running product and what all clients share. */
export interface Stage {
  readonly product: Product;
  readonly database: Database;
  readonly tools: Tools;
  /** Makes a tenant with a token and the keys. */
  account(name: string): Promise<Account>;
  /** An empty folder on this machine. */
  folder(name: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts the product once for all clients. */
export async function openStage(clients: readonly Client[]): Promise<Stage> {
  const root = newDataDir();
  const product = await startProduct();
  const database = await openDatabaseOf(product);
  const tools = await makeTools(join(root, 'tools'), product, clients);
  return {
    ...{ product, database, tools },
    async account(name) {
      const { tenant } = await addTenant(database, { name });
      const scopes = ['upload'] as const;
      const { token } = await issueToken(database, { tenantId: tenant.id, name: 'token', scopes });
      for (const kind of keyKinds) {
        await addKey(database, { tenantId: tenant.id, name: kind, scopes, publicKey: await readFile(`${tools.keys[kind]}.pub`, 'utf8') });
      }
      return { tenantId: tenant.id, user: name, password: token };
    },
    async folder(name) {
      const path = join(root, name);
      await mkdir(path, { recursive: true });
      return path;
    },
    async close() {
      await database.close();
      await product.stop();
      await removeDataDir(product.dataDir);
      await unmountBelow(root);
      await removeDataDir(root);
    },
  };
}

/** Takes away what a client that was killed has left mounted. */
async function unmountBelow(folder: string): Promise<void> {
  if (!existsSync('/proc/mounts')) return;
  const places = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
  for (const place of places.filter((one) => one.startsWith(`${folder}/`))) {
    await runCommand({ file: '/usr/bin/fusermount3', args: ['-u', '-z', place] });
  }
}
