import type { PoolClient } from 'pg';
import { CopyReading, type RowTaker } from './copy-reading.ts';

export type { RowTaker };

/**
 * Runs `COPY … TO STDOUT` and hands over its rows as they come, each whole; in the binary format what stands before the first is
 * with it or by itself, and the mark of the end is by itself or behind that. Fulfils when the connection can be used again. Rejects
 * with what the server refuses it with, else with what the taker threw, which is handed no further rows then.
 */
export async function copyOut(client: PoolClient, sql: string, take: RowTaker): Promise<void> {
  const reading = new CopyReading(sql, take);
  await client.query(reading).ended;
  if (reading.thrown !== null) throw reading.thrown.error;
}
