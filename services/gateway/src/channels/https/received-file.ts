import type { Identity } from '@rosterport/access';
import { Failure, type JobId } from '@rosterport/domain';
import type { Request } from 'express';
import type { Arrival, Incoming, Said } from '../../receive.ts';
import { askForBody } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** A file whose last byte has arrived, and that is neither accepted nor discarded yet. */
export interface ReceivedFile {
  readonly incoming: Incoming;
  readonly fileName: string;
}

/** A request with a file in its body. */
export interface FileRequest extends Exchange {
  readonly arrival: Arrival;
}

/** What the door is told of a request's file. */
export function arrivalOf(
  identity: Identity,
  limitBytes: number,
  { jobId, said }: { readonly jobId?: JobId | undefined; readonly said?: Said } = {},
): Arrival {
  const { tenantId, feedId, credentialId } = identity;
  const known = { ...(jobId === undefined ? {} : { jobId }), ...(said === undefined ? {} : { said }) };
  return { sender: { tenantId, feedId, credentialId }, channel: 'https', limitBytes, ...known };
}

/**
 * Asks for the body, unless its head shows that it will not be taken. Fails with `fileTooLarge` when the body says that it
 * is longer than `mostBytes`, and with `requestInvalid` when it is compressed.
 */
export function beginBody({ req, res, arrival }: FileRequest, mostBytes: number): void {
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(arrival);
  const coding = req.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') {
    throw new Failure('requestInvalid', { values: { problem: 'a compressed body (Content-Encoding) is not taken' } });
  }
  askForBody(req, res);
}

/** The failure of a file that is longer than its arrival allows. */
export function tooLarge(arrival: Arrival): Failure {
  return new Failure('fileTooLarge', { values: { limit: arrival.limitBytes } });
}

/**
 * Calls `onSlow` with `uploadIncomplete` when less arrives than the pace asks for. Returns what ends the watch; it must be
 * called.
 */
export function watchPace({ req, service }: Exchange, onSlow: (failure: Failure) => void): () => void {
  const { seconds, bytesPerSecond } = service.pace;
  let before = received(req);
  const timer = setInterval(() => {
    const now = received(req);
    if (now - before < seconds * bytesPerSecond) onSlow(new Failure('uploadIncomplete'));
    before = now;
  }, seconds * 1_000);
  return () => clearInterval(timer);
}

function received(req: Request): number {
  return req.socket.bytesRead;
}
