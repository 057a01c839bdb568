import type { PoolClient } from 'pg';
import { CopyReading } from './copy-reading.ts';

/**
 * Runs `COPY … TO STDOUT` and yields its data in pieces that are cut anywhere. Whoever stops before its end gets the connection
 * back when the server has sent the rest. Throws what the server refuses it with.
 */
export function copyOut(client: PoolClient, sql: string): AsyncGenerator<Buffer> {
  return client.query(new CopyReading(sql)).pieces();
}
