import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Pieces of COPY data; where they are cut does not matter. */
export type CopyData = AsyncIterable<string | Buffer> | Iterable<string | Buffer>;

/** The socket is fed in pieces of about this size: a message for each line costs more than the line. */
const chunkCharacters = 65_536;

/**
 * Runs `COPY … FROM STDIN` with the given data and returns the number of rows. Data is asked for only as fast as the server
 * takes it. When the data throws, the COPY is aborted and that error is rethrown; when the server refuses a row, its error is
 * thrown and the data is told to stop (its `return` is called, but not waited for). The connection stays usable, inside a
 * transaction for the rollback.
 */
export async function copyIn(client: PoolClient, sql: string, lines: CopyData): Promise<number> {
  const target = client.query(copyFrom(sql));
  let thrown: { readonly error: unknown } | undefined;
  const source = inChunks(lines, (error) => (thrown = { error }));
  try {
    await pipeline(Readable.from(source, { highWaterMark: 1 }), target);
  } catch (error) {
    // The server answers an aborted COPY with an error of its own; what the data threw is the reason.
    throw thrown === undefined ? error : thrown.error;
  }
  return target.rowCount;
}

/**
 * Turns the event loop once for each chunk. A local server takes data as fast as it is made, and then nothing else would ever
 * get its turn: not other requests, not even the server's word that a row was refused.
 */
async function* inChunks(lines: CopyData, failed: (error: unknown) => void): AsyncGenerator<Buffer> {
  let text = '';
  try {
    for await (const piece of lines) {
      if (typeof piece !== 'string') {
        yield text === '' ? piece : Buffer.concat([Buffer.from(text), piece]);
        text = '';
        await turn();
      } else {
        text += piece;
        if (text.length >= chunkCharacters) {
          yield Buffer.from(text);
          text = '';
          await turn();
        }
      }
    }
  } catch (error) {
    failed(error);
    throw error;
  }
  if (text !== '') {
    yield Buffer.from(text);
  }
}
