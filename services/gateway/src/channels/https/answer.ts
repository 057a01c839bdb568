import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Request, Response } from 'express';

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Media type of the body. */
  readonly type?: string;
  readonly body?: string;
}

/** How long a sender may go on sending what nobody reads, so that it comes to see the answer. */
const graceMs = 2_000;

/** An answer in JSON. */
export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}

/**
 * Sends an answer and ends the exchange. Where the request's body has not come to its end, the connection is closed, after
 * a grace, instead of reading it all.
 */
export async function sendAnswer(req: Request, res: Response, answer: Answer): Promise<void> {
  if (res.destroyed || res.headersSent) return;
  const { status, headers = {}, type, body = '' } = answer;
  const bytes = Buffer.from(body, 'utf8');
  res.status(status).set(headers);
  if (type !== undefined) res.set('Content-Type', type);
  res.set('Content-Length', String(bytes.length));
  const isUnread = isBodyPending(req);
  if (isUnread) res.set('Connection', 'close');
  res.flushHeaders();
  if (bytes.length > 0 && req.method !== 'HEAD') res.write(bytes);
  // A connection that is closed on top of unread bytes is reset, and the answer may be lost with it.
  if (isUnread && !isHeldBack(req)) await bodyEndOrGrace(req);
  res.end();
}

function isBodyPending(req: Request): boolean {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  return hasBody && !req.complete;
}

const continued = new WeakSet<Request>();

/** Tells a sender that waits for it (RFC 9110, section 10.1.1) to go on with the body. */
export function askForBody(req: Request, res: Response): void {
  if (req.headers.expect === undefined) return;
  continued.add(req);
  res.writeContinue();
}

/** True while the sender waits for the word before it sends its body. */
function isHeldBack(req: Request): boolean {
  return req.headers.expect !== undefined && !continued.has(req);
}

async function bodyEndOrGrace(req: Request): Promise<void> {
  const done = new AbortController();
  req.on('error', () => undefined);
  req.resume();
  const { signal } = done;
  const ends = [once(req, 'end', { signal }), once(req, 'close', { signal }), delay(graceMs, undefined, { signal })];
  await Promise.race(ends.map((end) => end.catch(() => undefined)));
  done.abort();
}
