/** What a stream says when its reader went away, as `head` does. */
const readerGone = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

/** Writes a text and waits until it is taken. False when nobody reads any more, so that the rest can be spared. */
export async function print(stream: NodeJS.WritableStream, text: string | Uint8Array): Promise<boolean> {
  if (!stream.writable) return false;
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error == null) resolve(true);
      else if (readerGone.has((error as NodeJS.ErrnoException).code ?? '')) resolve(false);
      else reject(error);
    });
  });
}

/** Writes one JSON value with a line end. */
export async function printJson(stream: NodeJS.WritableStream, value: unknown): Promise<void> {
  await print(stream, `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes a text that comes in pieces, as long as somebody reads. */
export async function printAll(stream: NodeJS.WritableStream, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  for await (const piece of pieces) if (!(await print(stream, piece))) return;
}

/** True for a terminal. */
export function isTerminal(stream: NodeJS.WritableStream): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

/** True when colours are welcome: a terminal, unless `NO_COLOR` is set (no-color.org). */
export function isColourful(stream: NodeJS.WritableStream, env: Readonly<Record<string, string | undefined>>): boolean {
  return isTerminal(stream) && (env['NO_COLOR'] ?? '') === '';
}
