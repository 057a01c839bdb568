import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { openDatabase, runningEmbedded, type Database } from '@rosterport/database';
import { removeDataDir, startProduct, type Product } from './product.ts';

/** A product that all tests of a file use, with its own database, to empty it between stories. Both are there from `beforeAll` on. */
export interface SharedProduct {
  readonly product: Product;
  readonly database: Database;
}

/** Starts a product for the tests of a file and ends it after them; call it at the top. */
export function sharedProduct(): SharedProduct {
  let product: Product | undefined;
  let database: Database | undefined;
  beforeAll(async () => {
    product = await startProduct();
    database = await openDatabaseOf(product);
  });
  afterAll(async () => {
    await database?.close();
    await product?.stop();
    if (product !== undefined) await removeDataDir(product.dataDir);
  });
  return {
    get product() {
      return present(product);
    },
    get database() {
      return present(database);
    },
  };
}

/** Opens the database of a running product beside it; whoever opened it closes it before the product ends. */
export async function openDatabaseOf(product: Product): Promise<Database> {
  const url = await runningEmbedded(join(product.dataDir, 'postgres'));
  if (url === null) throw new Error('The embedded database does not run.');
  return openDatabase({ url, poolSize: 2 });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The product is there from beforeAll on, not while the file is read.');
  return value;
}
