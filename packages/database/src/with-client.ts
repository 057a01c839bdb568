import type { PoolClient } from 'pg';
import type { Database } from './database.ts';

/**
 * Runs `work` with one connection of the pool. The connection goes back afterwards; when `work` throws it is closed instead,
 * because nobody knows which transaction, lock or COPY is left on it.
 */
export async function withClient<T>(db: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  let broken = true;
  try {
    const result = await work(client);
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
}
