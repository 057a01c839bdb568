import { once } from 'node:events';
import { request, type RequestOptions } from 'node:https';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** An answer as the tests look at it. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body, which must be JSON. */
  json(): unknown;
}

/** What a test sends. */
export interface Wanted {
  readonly port: number;
  readonly ca: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** Options of Node's client for the server of a test. */
export function clientOptions({ port, ca, path, method = 'GET', headers = {} }: Wanted): RequestOptions {
  return { host: '127.0.0.1', port, ca, path, method, headers: { ...headers }, agent: false };
}

/** Sends a request over a connection of its own, and reads the whole answer. */
export async function send(wanted: Wanted): Promise<Reply> {
  const going = request(clientOptions(wanted));
  going.on('error', () => undefined);
  const answer = once(going, 'response') as Promise<[IncomingMessage]>;
  going.end(wanted.body);
  return read((await answer)[0]);
}

/** Reads the whole answer. */
export async function read(answer: IncomingMessage): Promise<Reply> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const text = bytes.toString('utf8');
  return { status: answer.statusCode ?? 0, headers: answer.headers, bytes, text, json: () => JSON.parse(text) as unknown };
}

/** One part of a multipart body. */
export interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly content: Buffer | string;
}

const boundary = 'rosterport-test-boundary';

/** The media type of `multipart`'s bodies. */
export const multipartType = `multipart/form-data; boundary=${boundary}`;

/** A multipart body as browsers and curl write it. */
export function multipart(parts: readonly Part[], options: { readonly end?: boolean } = {}): Buffer {
  const pieces = parts.flatMap(({ name, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return [Buffer.from(head, 'utf8'), Buffer.from(content), Buffer.from('\r\n')];
  });
  return Buffer.concat([...pieces, Buffer.from(options.end === false ? '' : `--${boundary}--\r\n`)]);
}

/** Resolves when a request has come to its end, whatever that was. */
export function closed(going: ClientRequest): Promise<void> {
  return new Promise((resolve) => going.once('close', resolve));
}
