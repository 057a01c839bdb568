/**
 * What tests of other rooms stand on: a migrated PostgreSQL database for each test file, folders that clean up after
 * themselves. Nothing of it reaches the product.
 */
export * from './link.ts';
export * from './temporary-folder.ts';
export * from './test-database.ts';
