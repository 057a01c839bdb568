import type { Knex } from 'knex';
import type { Database } from './database.ts';
import type { Migration } from './migration.ts';
import { migrations } from './migrations.ts';
import { inTransaction, transactionClient, type Tx } from './transaction.ts';

/** Advisory locks of two numbers: the first says whose they are ("ROST" in ASCII), the second what they guard. */
const lock = [0x524f5354, 1] as const;

/**
 * Brings the schema to the newest version and returns the names of the steps that were applied, in order; none when there was
 * nothing to do. All steps are one transaction: after an error or a kill the schema is what it was. Whoever migrates at the
 * same time waits for the first and then finds nothing to do. Throws when the database knows a step that this program does
 * not, because then it belongs to a newer version.
 */
export async function migrate(db: Database): Promise<string[]> {
  return await applyMigrations(db, migrations);
}

/** {@link migrate} with a list of one's own. */
export async function applyMigrations(db: Database, list: readonly Migration[]): Promise<string[]> {
  return await inTransaction(db, async (tx) => {
    await tx.raw('SELECT pg_advisory_xact_lock(?, ?)', [...lock]);
    const [, applied] = (await tx.migrate.latest({
      tableName: 'schema_migrations',
      migrationSource: source(list),
    })) as [number, string[]];
    return applied;
  });
}

function source(list: readonly Migration[]): Knex.MigrationSource<Migration> {
  return {
    getMigrations: () => Promise.resolve([...list]),
    getMigrationName: (migration) => migration.name,
    getMigration: (migration) => Promise.resolve({ up: (tx) => run(migration, tx as Tx), down: refuse }),
  };
}

/** Past knex, which would take a `?` in the SQL for the place of a value. */
async function run(migration: Migration, tx: Tx): Promise<void> {
  const client = await transactionClient(tx);
  await client.query(migration.up);
}

function refuse(): Promise<void> {
  return Promise.reject(new Error('Migrations only go forward.'));
}
