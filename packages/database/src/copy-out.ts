import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/**
 * Runs `COPY … TO STDOUT` and yields its data in pieces that are cut anywhere. It must be read to its end before the
 * connection is used for anything else. Throws what the server refuses it with.
 */
export async function* copyOut(client: PoolClient, sql: string): AsyncGenerator<Buffer> {
  for await (const piece of client.query(copyTo(sql))) yield piece as Buffer;
}
