import type { Socket } from 'node:net';
import type { Connection } from 'ssh2';
import { Allowance } from '../../limits/allowance.ts';
import { Pace } from '../../limits/pace.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';

/** Why a connection is cut. */
export type Cut = 'idle' | 'slowUpload' | 'unreadReplies' | 'noKeyExchange' | 'flood';

/** Watches the transport of one connection. */
export interface ConnectionWatch {
  /** What the connection is to be cut for, as seen at a moment; called now and then. */
  problem(now: number): Cut | null;
}

/** What watching takes. */
export interface WatchOptions {
  readonly socket: Socket;
  readonly limits: SftpLimits;
  readonly isLoggedIn: () => boolean;
  /** How many sessions are open. */
  readonly sessions: () => number;
  /** Called when the client does what it must be cut for at once. */
  readonly onCut: (why: Cut) => void;
}

/** Exchanges of keys that a stranger may ask for after the first, each of which costs us work; none asks for any. */
const mostExchangesOfStrangers = 2;

/** The same in a minute for those who have logged in: enough for a client that is set to one each megabyte. */
const exchangesPerMinute = 600;

/** Bytes of replies that may lie unread, of a stranger, and of others beside what their sessions may ask for. */
const unreadOfStrangers = 256 * 1024;
const unreadOfOthers = 4 * 1024 * 1024;

/**
 * Watches a connection from its first SSH packet on: exchanges the keys again by bytes and time, which ssh2 never does by
 * itself, and finds clients that exchange keys all the time, or never, or do not read what they are sent. ssh2 writes to the
 * socket whatever it answers, however much lies there.
 */
export function watchConnection(connection: Connection, options: WatchOptions): ConnectionWatch {
  const { socket, limits, isLoggedIn } = options;
  const exchanges = new Allowance(exchangesPerMinute, performance.now());
  const unread = new Pace({ bytesPerSecond: 0, overMs: limits.stallMs });
  let ofStranger = 0;
  /** When we asked for an exchange that has not come to its end. */
  let asked: number | undefined;
  let last = { bytes: 0, at: performance.now() };
  const moved = (): number => socket.bytesRead + socket.bytesWritten;
  const exchange = (now: number): void => {
    asked = now;
    connection.rekey();
  };

  connection.on('rekey', () => {
    const now = performance.now();
    const isOurs = asked !== undefined;
    asked = undefined;
    last = { bytes: moved(), at: now };
    if (isOurs) return;
    if (!isLoggedIn()) ofStranger += 1;
    if (ofStranger > mostExchangesOfStrangers || !exchanges.take(now)) options.onCut('flood');
  });
  socket.on('data', () => {
    const mostUnread = isLoggedIn() ? unreadOfOthers + 2 * limits.sessionBytes * options.sessions() : unreadOfStrangers;
    if (socket.writableLength > mostUnread) options.onCut('unreadReplies');
    else if (asked === undefined && isLoggedIn() && moved() - last.bytes >= limits.rekeyBytes) exchange(performance.now());
  });
  return {
    problem(now) {
      if (!isLoggedIn()) return null;
      if (asked !== undefined && now - asked > limits.loginGraceMs) return 'noKeyExchange';
      if (asked === undefined && now - last.at >= limits.rekeyMs) exchange(now);
      const isUnderWay = socket.writableLength > 0;
      const sent = socket.bytesWritten - socket.writableLength;
      return unread.isTooSlow({ now, moved: sent, isUnderWay, isOurTurn: false }) ? 'unreadReplies' : null;
    },
  };
}
