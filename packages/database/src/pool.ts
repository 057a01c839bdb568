import pg from 'pg';

/** How to reach the database and how many connections to hold at most. */
export interface PoolOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly applicationName: string;
}

const dateType = 1082;

const parserOf = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => unknown;

/**
 * The values that queries give: `bigint` and `numeric` as strings (they may be larger than a number holds), `timestamptz` as
 * Date, `json` and `jsonb` parsed, and `date` as the string `YYYY-MM-DD`, because a day has no time zone and a Date has.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): unknown =>
    oid === dateType ? (text: string) => text : parserOf(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/** Makes a pool; it connects when a connection is first wanted. Every session speaks UTC and compiles no queries. */
export function makePool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types,
    onConnect: prepare,
  });
  // The URL holds the password; whoever prints the pool must not see it.
  Object.defineProperty(pool.options, 'connectionString', { enumerable: false });
  // A connection that dies reports it twice: to whoever queries, who handles it, and as an event, which would end the process.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

/** The pool waits for it before it hands the connection out. */
function prepare(client: pg.ClientBase): unknown {
  return client.query("SET timezone = 'UTC'; SET jit = off");
}

function ignore(): void {
  // Queries on the dead connection reject, and the pool drops it.
}
