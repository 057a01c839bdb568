import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { Failure } from '@rosterport/domain';
import { connectionFailure } from './connection-failure.ts';
import type { Server } from './find-server.ts';
import { pourFile, type Outgoing } from './pour-file.ts';
import { answerFailure } from './remote-failure.ts';

/** Requests to one server. Each rejects with a failure: the server's own, or what is wrong with the way to it. */
export interface Connection {
  /** The JSON of an answer. */
  get(path: string): Promise<unknown>;
  /** The bytes of an answer, as they come. */
  download(path: string): Promise<AsyncIterable<Uint8Array>>;
  /** Sends a file as the body and gives the JSON of the answer. */
  upload(path: string, outgoing: Outgoing): Promise<unknown>;
  /** Asks for something with a body in JSON, or with none, and gives the JSON of the answer. */
  post(path: string, body?: unknown): Promise<unknown>;
  patch(path: string, body: unknown): Promise<unknown>;
  /** Has something removed, however long that takes, and gives the JSON of the answer. */
  remove(path: string): Promise<unknown>;
  /** Closes what is open. */
  close(): void;
}

/** How long the server may say nothing, in milliseconds. */
const patienceMs = 120_000;
const mostJsonBytes = 64 * 1024 * 1024;

/** Makes a connection; it connects when something is asked. */
export function openConnection(server: Server): Connection {
  const agent = new Agent({ keepAlive: true, ca: [...server.ca], rejectUnauthorized: !server.insecure });
  const ask = (path: string, options: RequestOptions, outgoing?: Outgoing | string): Promise<IncomingMessage> =>
    exchange(server, { path, options: { ...options, agent, timeout: patienceMs }, outgoing });
  return {
    get: async (path) => readJson(await ask(path, { method: 'GET' }), server.url),
    download: async (path) => bytesOf(await ask(path, { method: 'GET' }), server.url),
    upload: async (path, outgoing) => readJson(await ask(path, uploadOptions(outgoing.file.size), outgoing), server.url),
    post: async (path, body) => readJson(await ask(path, { method: 'POST', ...jsonHead(body) }, jsonText(body)), server.url),
    patch: async (path, body) => readJson(await ask(path, { method: 'PATCH', ...jsonHead(body) }, jsonText(body)), server.url),
    remove: async (path) => {
      const options = { method: 'DELETE', agent, timeout: 0 };
      return readJson(await exchange(server, { path, options, outgoing: undefined }), server.url);
    },
    close: () => agent.destroy(),
  };
}

/** The server looks at the token before it asks for the body (RFC 9110, section 10.1.1), so that none is sent in vain. */
function uploadOptions(size: number): RequestOptions {
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': size };
  return { method: 'POST', headers: size === 0 ? headers : { ...headers, Expect: '100-continue' } };
}

function jsonText(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

function jsonHead(body: unknown): RequestOptions {
  const length = Buffer.byteLength(jsonText(body) ?? '');
  return { headers: { 'Content-Length': length, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) } };
}

interface Exchange {
  readonly path: string;
  readonly options: RequestOptions;
  /** A file, or the whole body. */
  readonly outgoing: Outgoing | string | undefined;
}

/** Resolves with the answer of a success. */
async function exchange({ url, token }: Server, { path, options, outgoing }: Exchange): Promise<IncomingMessage> {
  const headers = { ...(options.headers as OutgoingHttpHeaders | undefined), Authorization: `Bearer ${token}`, 'User-Agent': 'rosterport' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request(`${url}${path}`, { ...options, headers });
    let stopPouring = (): void => undefined;
    asking.on('response', (message) => {
      stopPouring();
      resolve(message);
    });
    asking.on('timeout', () => asking.destroy(new Failure('serverUnreachable', { values: { url, problem: 'it does not answer' } })));
    asking.on('error', (error) => {
      stopPouring();
      reject(connectionFailure(error, url));
    });
    if (outgoing === undefined || typeof outgoing === 'string') asking.end(outgoing);
    else if (outgoing.file.size === 0) asking.end();
    else stopPouring = pourFile(outgoing, asking);
  });
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return answer;
  throw answerFailure({ status, body: await readText(answer, url) }, url);
}

async function* bytesOf(answer: IncomingMessage, url: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of answer) yield piece as Uint8Array;
  } catch (error) {
    throw connectionFailure(error, url);
  }
}

async function readText(answer: IncomingMessage, url: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytesOf(answer, url)) {
    pieces.push(piece);
    size += piece.length;
    if (size > mostJsonBytes) throw new Failure('serverStrange', { values: { url, problem: 'its answer has no end' } });
  }
  return Buffer.concat(pieces).toString('utf8');
}

async function readJson(answer: IncomingMessage, url: string): Promise<unknown> {
  const text = await readText(answer, url);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('serverStrange', { values: { url, problem: 'its answer is no JSON' }, cause: error });
  }
}
