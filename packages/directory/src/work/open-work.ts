import { createHash } from 'node:crypto';
import { preparing, type PoolClient } from '@rosterport/database';
import { hasPeopleIndexes, peopleIndexes } from './people-indexes.ts';
import { workTableNames, workTables } from './work-tables.ts';

const names = [...workTableNames];

/** Stands beside the work tables of a connection, and names what they look like. */
const marker = `work_tables_${createHash('sha256').update(workTables).digest('hex').slice(0, 16)}`;

/** One statement, so that it can be prepared: most tables are empty, and then it is the number of statements that costs. */
const empty = `with ${names.map((name) => `${name}_gone as (delete from ${name})`).join(', ')} select`;

/** So many bytes of rows that are gone may lie in a table; nothing but a truncation takes them away, and that throws plans away. */
const mostWaste = 1_048_576;

const wastefulTables = `
  select array(
    select name from unnest(array['${names.join(`', '`)}']) name where pg_total_relation_size(('pg_temp.' || name)::regclass) > ${mostWaste}) as names`;

/** Of a large table the server looks at 6,000 rows to judge it and not at 30,000, since there are many such tables. */
const lookForWork = `
  select to_regclass('pg_temp.${marker}') is not null as made, set_config('default_statistics_target', '20', true),
    ${hasPeopleIndexes} as indexed,
    greatest(pg_total_relation_size(to_regclass('pg_temp.in_users')), pg_total_relation_size(to_regclass('pg_temp.plan_users'))) > ${mostWaste} as wasteful`;

/**
 * Makes the job's work tables, empty. Must run inside the job's transaction, before anything is staged. They stay with the
 * connection for its next job, whosever it is: to make and to drop them took half of the database's time for a small file.
 */
export async function openWork(client: PoolClient): Promise<void> {
  const prepared = preparing(client);
  const { rows } = await prepared.query<{ made: boolean; indexed: boolean; wasteful: boolean | null }>(lookForWork);
  const [{ made, indexed, wasteful } = { made: false, indexed: false, wasteful: null }] = rows;
  if (!made) {
    await client.query(`${workTables} create temp table ${marker} ();`);
    return;
  }
  // What few rows leave behind job by job is most in these two.
  if (wasteful === true) await closeWork(client);
  if (!indexed) await client.query(peopleIndexes);
  await prepared.query(empty);
}

/** Gives back what the rows of a large job took, so that it is not kept until the connection's next one. Must run at its end. */
export async function closeWork(client: PoolClient): Promise<void> {
  const { rows } = await preparing(client).query<{ names: readonly string[] }>(wastefulTables);
  const [{ names: wasteful } = { names: [] }] = rows;
  if (wasteful.length > 0) await client.query(`truncate ${wasteful.join(', ')}`);
}
