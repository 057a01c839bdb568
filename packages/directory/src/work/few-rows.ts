import { preparing, type PoolClient } from '@rosterport/database';
import type { JobContext } from './job-context.ts';
import { workTableNames } from './work-tables.ts';

/** Up to so many rows in the work tables it matters what a job costs besides. */
const fewRows = 2_000;

/** Whether a job has few rows in its work tables; false where nobody counted them. */
export function hasFewRows({ stagedRows = Infinity }: Pick<JobContext, 'stagedRows'>): boolean {
  return stagedRows <= fewRows;
}

/**
 * One plan for all tenants, by how many rows it touches: the planner takes work tables to be as full as they were at their
 * fullest, and would rather go through a whole table of the directory, however large, than look up so many.
 */
const settings = {
  plan_cache_mode: 'force_generic_plan',
  cpu_tuple_cost: '1',
  random_page_cost: '1',
  max_parallel_workers_per_gather: '0',
} as const;

const lookUpRows = `select ${Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', true)`).join(', ')}`;

/**
 * Claims, people and links stand in their tables in another order than in their indexes. To merge many rows with them by an
 * index, which the planner takes for cheap, goes to and fro through the whole table: three times as long as to hash them.
 */
const hashRows = `select set_config('enable_mergejoin', 'off', true)`;

/**
 * The context for the rows that stand in the work tables; it is told how to find them for the rest of the transaction. Of few, the plans of all statements stay with the connection for
 * the next such job, whosever it is, since making them took half of the database's time for a file of a thousand rows; and
 * nobody counts what is in the work tables, which would throw them away. Must run when the rows are staged.
 */
export async function forRows<Context extends Pick<JobContext, 'client' | 'stagedRows'>>(context: Context): Promise<Context> {
  if (!hasFewRows(context)) {
    await context.client.query(hashRows);
    return context;
  }
  const prepared = preparing(context.client);
  await prepared.query(lookUpRows);
  const query = (text: unknown, values?: unknown): unknown => {
    if (typeof text === 'string' && analyzesWork(text)) return Promise.resolve({ rows: [], rowCount: 0 });
    return (prepared as { query(text: unknown, values?: unknown): unknown }).query(text, values);
  };
  return { ...context, client: Object.assign(Object.create(context.client) as PoolClient, { query }) };
}

function analyzesWork(text: string): boolean {
  if (!text.startsWith('analyze ')) return false;
  const [, list] = /^analyze ([\w, ]+)$/.exec(text.replaceAll(/ \([^)]*\)/g, '')) ?? [];
  return list !== undefined && list.split(', ').every((name) => workTableNames.has(name));
}
