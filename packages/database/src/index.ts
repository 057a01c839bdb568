/**
 * PostgreSQL: one pool for ordinary queries and bulk, transactions, COPY, migrations, and the embedded server for those who
 * bring none. A URL or a data folder comes in, connections go out. This room knows no tables but those of its migrations,
 * and is the only one that imports knex and pg.
 */
export * from './buffered.ts';
export * from './clone-database.ts';
export * from './copy-in.ts';
export * from './copy-lines.ts';
export * from './copy-out.ts';
export * from './copy-text.ts';
export * from './database-failure.ts';
export * from './database.ts';
export * from './drop-indexes.ts';
export * from './embedded/log.ts';
export * from './embedded/running-embedded.ts';
export * from './sql-state.ts';
export type { ServerSettings } from './embedded/server-settings.ts';
export * from './embedded/start-embedded.ts';
export * from './migrate.ts';
export type { Migration } from './migration.ts';
export * from './preparing-client.ts';
export * from './transaction.ts';
export * from './with-client.ts';
