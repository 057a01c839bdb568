import { dropIndexes, sqlStateOf, type PoolClient } from '@rosterport/database';
import type { JobContext } from '../work/job-context.ts';

/** From so many new people on, it costs less to make the indexes at the end than to keep them up row by row. */
const many = 5_000;

const tables = ['users', 'claims', 'memberships', 'manager_facts'] as const;

/** SQLSTATEs (PostgreSQL, appendix A): somebody else is at a table, or the tables belong to another role. */
const unavailable = new Set(['55P03', '42501']);

/**
 * Locks the tables of the people when a job brings many to a server that holds nobody yet, of no tenant: whoever else would
 * use them waits for the end of the transaction. Returns true when they are locked, so that they may do without indexes for a
 * while; those without rows are then new files, whose pages some servers need not write into their log (`wal_level` minimal).
 * Never waits: it returns false while anybody else is at one of the tables, and then everything is as it was.
 */
export async function lockEmptyDirectory({ client }: JobContext, newPeople: number): Promise<boolean> {
  if (newPeople < many || !(await hasNobody(client))) return false;
  await client.query('savepoint unlocked');
  try {
    await client.query(`lock table ${tables.join(', ')} in access exclusive mode nowait`);
    if ((await ownsTables(client)) && (await hasNobody(client))) {
      await client.query(`truncate ${(await withoutRows(client)).join(', ')}`);
      return true;
    }
  } catch (error) {
    if (!unavailable.has(sqlStateOf(error) ?? '')) throw error;
  }
  await client.query('rollback to savepoint unlocked');
  return false;
}

/** Runs `work` on tables that `lockEmptyDirectory` has locked while they have no indexes, and makes those again. */
export async function withoutIndexes<T>(client: PoolClient, filled: readonly (typeof tables)[number][], work: () => Promise<T>): Promise<T> {
  const makeAgain = await dropIndexes(client, filled);
  const result = await work();
  for (const statement of makeAgain) await client.query(statement);
  return result;
}

/** Triggers that drop hashes of records unless a file is applied: to find that out for every link took a sixth of the time of writing it. */
const idleTriggers = { users: 'users_come', memberships: 'memberships_touched', manager_facts: 'manager_facts_touched' } as const;

/** Runs `work` on tables that `lockEmptyDirectory` has locked, without triggers that would do nothing for any of its rows. */
export async function withoutIdleTriggers(client: PoolClient, work: () => Promise<void>): Promise<void> {
  const change = async (how: 'disable' | 'enable'): Promise<void> => {
    for (const [table, trigger] of Object.entries(idleTriggers)) await client.query(`alter table ${table} ${how} trigger ${trigger}`);
  };
  await change('disable');
  await work();
  await change('enable');
}

/** Who may only use a table may lock it all the same. */
async function ownsTables(client: PoolClient): Promise<boolean> {
  const { rowCount } = await client.query(`select from pg_class where oid = any($1::text[]::regclass[]) and not pg_has_role(relowner, 'usage')`, [tables]);
  return rowCount === 0;
}

async function hasNobody(client: PoolClient): Promise<boolean> {
  return (await client.query('(select from users limit 1) union all (select from claims limit 1)')).rowCount === 0;
}

/** Groups may have said who manages them before anybody is there. */
async function withoutRows(client: PoolClient): Promise<readonly string[]> {
  const looks = tables.map((table) => `select '${table}' as name where not exists (select from ${table})`);
  const { rows } = await client.query<{ name: string }>(looks.join(' union all '));
  return rows.map(({ name }) => name);
}
