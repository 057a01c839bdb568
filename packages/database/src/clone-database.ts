import { randomBytes } from 'node:crypto';
import { openDatabase, type Database } from './database.ts';

/** A database of one's own on the server of another. */
export interface Clone {
  readonly url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Copies a whole database, in tens of milliseconds for a small one, under a new name on the same server. Nobody may be
 * connected to the origin meanwhile, and its user must be allowed to create databases.
 */
export async function cloneDatabase(originUrl: string): Promise<Clone> {
  return await create(originUrl, nameIn(originUrl));
}

/** An empty database beside the one that the URL names. */
export async function emptyDatabase(serverUrl: string): Promise<Clone> {
  return await create(serverUrl, 'template0');
}

async function create(url: string, template: string): Promise<Clone> {
  const name = `rosterport_${randomBytes(8).toString('hex')}`;
  await onServer(url, (db) => db.knex.raw('CREATE DATABASE ?? TEMPLATE ??', [name, template]));
  return {
    url: withName(url, name),
    drop: () => onServer(url, (db) => db.knex.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name])),
  };
}

/** Works from the database that every server has, so that the one in the URL stays free of connections. */
async function onServer(url: string, work: (db: Database) => PromiseLike<unknown>): Promise<void> {
  const db = await openDatabase({ url: withName(url, 'postgres'), poolSize: 1 });
  try {
    await work(db);
  } finally {
    await db.close();
  }
}

function nameIn(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

function withName(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
