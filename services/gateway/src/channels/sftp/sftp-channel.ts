import type { Identity } from '@rosterport/access';
import { serveSftp, type SftpExtension } from '@rosterport/sftp';
import type { Socket } from 'node:net';
import type { ServerChannel } from 'ssh2';
import type { GatewayContext } from '../../gateway-context.ts';
import type { MemoryBudget } from '../../limits/memory-budget.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';
import type { Boxes } from './boxes.ts';
import { openReceipts } from './receipts.ts';
import { HoldBack } from './hold-back.ts';
import { MeteredFiles } from './metered-files.ts';
import { watchSession, type Sluggishness } from './watch-session.ts';

/** One SFTP session on its channel. */
export interface SftpChannel {
  /** Resolves when all is over, the channel too. Never rejects. */
  readonly done: Promise<void>;
  /** The connection is gone, or has to go: abandons what is open. */
  close(): void;
  /** Lets no upload begin any more, and closes as soon as none is unfinished. */
  finish(): void;
  /** Bytes of its transfers that are in hand. */
  readonly pendingBytes: number;
  /** What the session is to be cut for, as seen at a moment; called now and then. */
  readonly sluggish: Sluggishness;
}

/** What a session needs. */
export interface SftpChannelOptions {
  readonly context: GatewayContext;
  readonly boxes: Boxes;
  readonly identity: Identity;
  readonly limits: SftpLimits;
  readonly budget: MemoryBudget;
  /** The socket that all replies leave by. */
  readonly socket: Socket;
  /** Called at each request. */
  readonly onRequest: () => void;
}

const extensions: readonly SftpExtension[] = [
  'posix-rename@openssh.com',
  'fsync@openssh.com',
  'limits@openssh.com',
  'statvfs@openssh.com',
];
const lookAgainMs = 25;

/** Serves SFTP on a channel that was just accepted. */
export function serveChannel(channel: ServerChannel, options: SftpChannelOptions): SftpChannel {
  const { context, boxes, identity, limits, budget, socket } = options;
  const session = Symbol('session');
  const visit = boxes.enter(identity);
  const { box } = visit;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  const receipts = openReceipts(context, identity);
  const meter = { uploads: 0, written: 0 };
  const about = { context, tenantId: identity.tenantId, box, receipts, session, isStopping: () => stopping };
  const files = new MeteredFiles(about, { meter, budget });
  const hold = new HoldBack(socket, budget);
  const sftp = serveSftp(channel, files, {
    extensions,
    now: Date.now,
    maxHandles: limits.handles,
    maxPendingBytes: limits.sessionBytes,
    holdBack: () => {
      options.onRequest();
      return hold.room();
    },
    onError: (error, place) => tell(context, error, place),
  });
  context.metrics.move('rosterport_sftp_sessions', {}, 1);

  const closeWhenFinished = (): void => {
    if (box.isUnfinished(session)) timer = setTimeout(closeWhenFinished, lookAgainMs);
    else sftp.close();
  };
  const end = async (): Promise<void> => {
    const why = await sftp.done;
    clearTimeout(timer);
    await visit.leave(session).catch((error: unknown) => tell(context, error, 'leave'));
    context.metrics.move('rosterport_sftp_sessions', {}, -1);
    // Without an exit status scp says that it failed; without the end sftp hangs.
    channel.exit(why === 'eof' ? 0 : 1);
    channel.end();
  };
  const sluggishness = watchSession(channel, { limits, meter, isOurTurn: () => hold.isHeld || sftp.pendingBytes > 0 });
  return {
    done: end(),
    get pendingBytes() {
      return sftp.pendingBytes;
    },
    sluggish: sluggishness,
    close() {
      stopping = true;
      sftp.close();
    },
    finish() {
      stopping = true;
      closeWhenFinished();
    },
  };
}

/** A client that breaks off or sends nonsense is its own affair; the rest is ours. */
function tell({ log }: GatewayContext, error: unknown, place: string): void {
  if (place === 'channel' || place === 'packet') log.debug('An SFTP session broke off', { place, error });
  else log.error('An SFTP request broke', { place, error });
}
