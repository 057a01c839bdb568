import knex, { type Knex } from 'knex';
import pg from 'pg';
import { databaseFailure } from './database-failure.ts';
import { makePool } from './pool.ts';
import { requireVersion } from './required-version.ts';

export type { Knex } from 'knex';
export type { Pool, PoolClient } from 'pg';

/** What {@link openDatabase} needs. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** How many connections at most; 10 when left out. */
  readonly poolSize?: number;
  /** What the server's lists of sessions call us. */
  readonly applicationName?: string;
}

/** An open database: one pool with two faces, so that `poolSize` limits both together. */
export interface Database {
  /** For the schema and ordinary queries; takes its connections from `pool`. */
  readonly knex: Knex;
  /** For COPY, LISTEN, locks held by a connection, and libraries that want a pool. */
  readonly pool: pg.Pool;
  /** Waits for the connections in use to be given back, then closes all of them. May be called twice. */
  close(): Promise<void>;
  /** True when the database takes a connection and answers, each within three seconds; false once closed. Never throws. */
  healthy(): Promise<boolean>;
}

const patienceMs = 3_000;

/**
 * Opens a database and asks its version. Fails with `databaseUnavailable` when it cannot be reached or refuses us, and with
 * `databaseTooOld` below PostgreSQL 14; then nothing stays open.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const pool = makePool({
    url: options.url,
    poolSize: options.poolSize ?? 10,
    applicationName: options.applicationName ?? 'rosterport',
  });
  try {
    await checkVersion(pool);
  } catch (error) {
    await pool.end();
    throw databaseFailure(error) ?? error;
  }
  const queries = knex({ client: 'pg', connectionPool: pool, log: silent });
  let closing: Promise<void> | undefined;
  return {
    knex: queries,
    pool,
    // The pool first: it waits for the queries in hand, which knex would take the connections away from.
    close: () => (closing ??= pool.end().then(() => queries.destroy())),
    healthy: async () => closing === undefined && (await answers(options.url)),
  };
}

/** Knex warns on the console about errors that it throws as well. */
const silent = { warn: nothing, error: nothing, deprecate: nothing, debug: nothing };

function nothing(): void {
  // What was thrown tells the same.
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ number: string; name: string }>(
    "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS name",
  );
  requireVersion(Number(rows[0]?.number), rows[0]?.name ?? 'unknown');
}

/** On a connection of its own: one from a busy pool would say how busy we are, not how the database is. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patienceMs, query_timeout: patienceMs });
  client.on('error', nothing);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    client.end().catch(nothing);
  }
}
