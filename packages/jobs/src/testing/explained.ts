import type { Database, PoolClient } from '@rosterport/database';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** What the statements of some work read. */
export interface Effort {
  /** Rows that were taken from tables and indexes, whether or not they were of use. */
  rows: number;
  /** Pages, of 8 KiB each. */
  pages: number;
}

/** The same database, whose statements are explained as well while they run; what they read is added up in `effort`. */
export function explained(db: Database): { readonly db: Database; readonly effort: Effort } {
  const effort: Effort = { rows: 0, pages: 0 };
  const connect = async (): Promise<PoolClient> => explainedClient(await db.pool.connect(), effort);
  const pool = new Proxy(db.pool, { get: (target, name) => (name === 'connect' ? connect : (Reflect.get(target, name) as unknown)) });
  return { db: { ...db, pool }, effort };
}

function explainedClient(client: PoolClient, effort: Effort): PoolClient {
  const query = async (sql: string, values?: unknown[]): Promise<unknown> => {
    if (/^\s*(?:select|with)\b/i.test(sql)) {
      const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(`explain (analyze, buffers, format json) ${sql}`, values);
      const top = rows[0]?.['QUERY PLAN'][0].Plan;
      if (top === undefined) throw new Error('EXPLAIN gave no plan.');
      effort.rows += rowsRead(top);
      effort.pages += top['Shared Hit Blocks'] + top['Shared Read Blocks'];
    }
    return client.query(sql, values);
  };
  return new Proxy(client, { get: (target, name) => (name === 'query' ? query : bound(target, name)) });
}

function bound(target: PoolClient, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? (value.bind(target) as unknown) : value;
}

function rowsRead(node: PlanNode): number {
  const { 'Actual Rows': rows, 'Rows Removed by Filter': removed = 0, 'Rows Removed by Index Recheck': rechecked = 0 } = node;
  const own = node['Node Type'].includes('Scan') ? (rows + removed + rechecked) * node['Actual Loops'] : 0;
  return (node.Plans ?? []).reduce((sum, below) => sum + rowsRead(below), own);
}
