import type { PoolClient } from '@rosterport/database';

/** From so many people on, each statement goes through all of them, and nobody is looked up by an index. */
const many = 5_000;

/** SQL of the indexes by which people of a plan are looked up one by one. */
export const peopleIndexes = `
alter table plan_users add constraint plan_users_pkey primary key (external_id), add constraint plan_users_person unique (user_id)`;

/** SQL that is true where the work tables have those indexes. */
export const hasPeopleIndexes = `exists (select from pg_index where indrelid = to_regclass('pg_temp.plan_users') and indisprimary)`;

/**
 * Does without those indexes for the rest of a job of very many people, where keeping them up took a third of the time of
 * writing the plan. Whoever opens the work tables next makes them again.
 */
export async function dropPeopleIndexes(client: PoolClient, people: number): Promise<void> {
  if (people < many) return;
  await client.query('alter table plan_users drop constraint if exists plan_users_pkey, drop constraint if exists plan_users_person');
}
