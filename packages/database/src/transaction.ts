import type { Knex } from 'knex';
import type { PoolClient } from 'pg';
import type { Database } from './database.ts';

/** An open transaction; query with it as with {@link Database.knex}. */
export type Tx = Knex.Transaction;

/** SQLSTATEs that a second try may mend: serialization failure and deadlock. */
const retryable = new Set(['40001', '40P01']);

const tries = 4;

/**
 * Runs `work` in one transaction (read committed): all of it is kept when the promise fulfils, none when it rejects, and the
 * rejection is the error of `work`. After a deadlock or a serialization failure it is run again, up to four times in all,
 * so it must change nothing outside of the transaction.
 */
export async function inTransaction<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.knex.transaction(work, { isolationLevel: 'read committed' });
    } catch (error) {
      if (attempt === tries || !isRetryable(error)) {
        throw error;
      }
    }
  }
}

/** The connection that a transaction runs on, for COPY inside of it. It belongs to the transaction: do not release it. */
export async function transactionClient(tx: Tx): Promise<PoolClient> {
  const { client } = tx as unknown as { client: { acquireConnection(): Promise<PoolClient> } };
  return await client.acquireConnection();
}

function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && retryable.has(code);
}
