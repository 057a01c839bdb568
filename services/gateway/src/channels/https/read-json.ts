import { Failure } from '@rosterport/domain';
import { askForBody } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { watchPace } from './received-file.ts';

/** The largest body in JSON, in bytes: room for every value of a person at its greatest length. */
export const mostJsonBytes = 1024 * 1024;

/** RFC 8259, and RFC 7396 for the parts of a record that are to become others. */
const types = ['application/json', 'application/merge-patch+json'];

/**
 * Reads a body in JSON. Fails with `requestInvalid` when it is none (a NUL character is not taken, nor another encoding than
 * UTF-8), with `bodyTooLarge`, and with `uploadIncomplete` when the sender goes away or is too slow.
 */
export async function readJson(exchange: Exchange): Promise<unknown> {
  const { req, res } = exchange;
  if (typeof req.is(types) !== 'string') throw refused(`the Content-Type must be ${types.join(' or ')}`);
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') throw refused('a compressed body is not taken');
  if (Number(req.headers['content-length'] ?? 0) > mostJsonBytes) throw tooLarge();
  askForBody(req, res);
  let endWatch = (): void => undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    endWatch = watchPace(exchange, reject);
  });
  try {
    return parsed(await Promise.race([gathered(exchange), tooSlow]));
  } finally {
    endWatch();
  }
}

async function gathered({ req }: Exchange): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    // The stream must outlive a failure: the answer goes over the same connection.
    for await (const piece of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      size += piece.length;
      if (size > mostJsonBytes) break;
      pieces.push(piece);
    }
  } catch (error) {
    throw new Failure('uploadIncomplete', { cause: error });
  }
  if (size > mostJsonBytes) throw tooLarge();
  if (!req.complete) throw new Failure('uploadIncomplete');
  return Buffer.concat(pieces);
}

function parsed(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    // What the parser says quotes the body.
    throw refused('its body is not JSON in UTF-8');
  }
  if (text.includes('\\u0000') && holdsNul(value)) throw refused('its body holds a NUL character');
  return value;
}

/** Without recursion, since a body may be nested as deeply as it is long. */
function holdsNul(whole: unknown): boolean {
  const values: unknown[] = [whole];
  while (values.length > 0) {
    const value = values.pop();
    if (typeof value === 'string' && value.includes('\0')) return true;
    if (typeof value === 'object' && value !== null) for (const [key, part] of Object.entries(value)) values.push(key, part);
  }
  return false;
}

function refused(problem: string): Failure {
  return new Failure('requestInvalid', { values: { problem } });
}

function tooLarge(): Failure {
  return new Failure('bodyTooLarge', { values: { limit: mostJsonBytes } });
}
