import type { ClientRequest } from 'node:http';
import { Failure } from '@rosterport/domain';
import { localFileFailure, type LocalFile } from './local-file.ts';

/** A file on its way to the server. */
export interface Outgoing {
  readonly file: LocalFile;
  readonly path: string;
  /** Called with the number of bytes that were sent since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** Proxies that never ask for the body exist; after this many milliseconds it is sent unasked. */
const unaskedAfterMs = 2_000;

/**
 * Sends the file as the body of the request once the server asks for it, and no faster than the server takes it. Returns
 * what stops it. What goes wrong with the file ends the request with a failure.
 */
export function pourFile(outgoing: Outgoing, request: ClientRequest): () => void {
  let isStopped = false;
  const pour = (): void => {
    clearTimeout(unasked);
    request.off('continue', pour);
    if (!isStopped) void send(outgoing, request, () => isStopped);
  };
  const unasked = setTimeout(pour, unaskedAfterMs);
  request.on('continue', pour);
  return () => {
    isStopped = true;
    clearTimeout(unasked);
  };
}

async function send({ file, path, onBytes }: Outgoing, request: ClientRequest, isStopped: () => boolean): Promise<void> {
  try {
    let sent = 0;
    const bytes = file.handle.createReadStream({ start: 0, end: file.size - 1, autoClose: false });
    for await (const piece of bytes as AsyncIterable<Uint8Array>) {
      if (isStopped()) return;
      if (!request.write(piece)) await drained(request);
      sent += piece.length;
      onBytes(piece.length);
    }
    const problem = 'it became shorter while it was sent';
    if (sent < file.size) throw new Failure('localFileUnusable', { values: { path, problem } });
    request.end();
  } catch (error) {
    request.destroy(error instanceof Failure ? error : localFileFailure(error, path));
  }
}

/** Resolves also when the request ends early, which is then told elsewhere. */
async function drained(request: ClientRequest): Promise<void> {
  await new Promise<void>((resolve) => {
    const go = (): void => {
      request.off('drain', go).off('close', go).off('response', go);
      resolve();
    };
    request.on('drain', go).on('close', go).on('response', go);
  });
}
