import { createHash } from 'node:crypto';
import type { PoolClient } from '@rosterport/database';
import { isForSmallJobs } from './small-job.ts';
import { workTableNames, workTables } from './work-tables.ts';

const names = [...workTableNames];

/** Stands beside work tables that stay, and names what they look like. */
const marker = `work_tables_${createHash('sha256').update(workTables).digest('hex').slice(0, 16)}`;

const makeKept = `${workTables.replaceAll(' on commit drop', '')} create temp table ${marker} ();`;
const dropKept = `drop table ${[...names, marker].map((name) => `pg_temp.${name}`).join(', ')}`;
const truncate = `truncate ${names.join(', ')}`;
/** One statement, so that it can be prepared: most tables are empty, and then it is the number of statements that costs. */
const empty = `with ${names.map((name) => `${name}_gone as (delete from ${name})`).join(', ')} select`;

/** So many bytes of rows that are gone may lie in the tables with the most rows; nothing but a truncation takes them away. */
const mostWaste = 1_048_576;

const lookForKept = `
  select to_regclass('pg_temp.${marker}') is not null as made,
    coalesce(pg_relation_size(to_regclass('pg_temp.in_users')) + pg_relation_size(to_regclass('pg_temp.plan_users')), 0) > ${mostWaste} as wasteful`;

/**
 * Makes the job's work tables, empty. Must run inside the job's transaction, before anything is staged. They vanish with the
 * transaction; those for small files stay with the connection, for the next job of a small file, whosever it is.
 */
export async function openWork(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ made: boolean; wasteful: boolean }>(lookForKept);
  const { made = false, wasteful = false } = rows[0] ?? {};
  if (isForSmallJobs(client)) {
    await client.query(made ? (wasteful ? truncate : empty) : makeKept);
  } else {
    if (made) await client.query(dropKept);
    await client.query(workTables);
  }
}
