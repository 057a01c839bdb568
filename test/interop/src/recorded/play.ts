import { handleIn, sizeIn, type RawSession, type Reply } from './raw-session.ts';
import type { Answered, Asked, Exchange } from './recording.ts';

/** An exchange that went as recorded, or not. */
export interface Played {
  readonly ask: Exchange['ask'];
  readonly answer: Reply['kind'];
}

/** What is sent. */
export interface PlayedFile {
  readonly bytes: Buffer;
  /** Seconds since 1970. */
  readonly modified: number;
}

/**
 * Sends the requests of one session in their order, and gives what was asked and answered. The connection is ended, or broken
 * off where a handle stays open.
 */
export async function playSession(session: RawSession, exchanges: readonly Exchange[], file: PlayedFile): Promise<readonly Played[]> {
  const played: Played[] = [];
  const awaited: Asked['ask'][] = [];
  const state = { handle: Buffer.alloc(0), told: 0, isOpen: false };
  const hear = async (): Promise<void> => {
    for (const ask of awaited.splice(0)) {
      const reply = await session.hear();
      if (reply.kind === 'handle') state.handle = Buffer.from(handleIn(reply));
      if (reply.kind === 'attributes') state.told = sizeIn(reply);
      state.isOpen = reply.kind === 'handle' || (state.isOpen && ask !== 'close');
      played.push({ ask, answer: reply.kind });
    }
  };
  for (const exchange of exchanges) {
    if (exchange.ask === 'write') {
      played.push({ ask: 'write', answer: await writeAll(session, state.handle, pieces(exchange, file.bytes, state.told)) });
      continue;
    }
    session.send(exchange, { handle: state.handle, modified: file.modified });
    awaited.push(exchange.ask);
    if (exchange.atOnce !== true) await hear();
  }
  await hear();
  await (state.isOpen ? session.breakOff() : session.end());
  return played;
}

/** Sends all pieces and hears all answers; `ok`, or the first answer that is none. */
async function writeAll(session: RawSession, handle: Buffer, found: readonly { at: number; bytes: Buffer }[]): Promise<Answered | 'other'> {
  for (const { at, bytes } of found) session.write(handle, at, bytes);
  const kinds: (Answered | 'other')[] = [];
  while (kinds.length < found.length) kinds.push((await session.hear()).kind);
  return kinds.find((kind) => kind !== 'ok') ?? 'ok';
}

function pieces({ part, piece }: Extract<Asked, { ask: 'write' }>, bytes: Buffer, told: number): { at: number; bytes: Buffer }[] {
  const from = part === 'rest' ? told : 0;
  const to = part === 'half' ? Math.floor(bytes.length / 2) : bytes.length;
  return Array.from({ length: Math.ceil((to - from) / piece) }, (_, index) => {
    const at = from + index * piece;
    return { at, bytes: bytes.subarray(at, Math.min(at + piece, to)) };
  });
}
