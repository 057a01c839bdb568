import type { AcceptConnection, Connection, RejectConnection, ServerChannel, Session } from 'ssh2';
import { Allowance } from '../../limits/allowance.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';
import { isUsable, refuseCommands } from './refuse-commands.ts';

/** What becomes of the channels of a connection. */
export interface SessionEvents {
  readonly limits: Pick<SftpLimits, 'channels' | 'channelOpensPerMinute'>;
  /** A channel on which SFTP is to be spoken. */
  readonly onSftp: (stream: ServerChannel) => void;
  /** A channel that must not be written to. */
  readonly onUnusable: () => void;
  /** Channels are opened faster than any client needs. */
  readonly onFlood: () => void;
}

/** Hands on the channels that ask for SFTP, and refuses everything else. */
export function serveSessions(connection: Connection, { limits, onSftp, onUnusable, onFlood }: SessionEvents): void {
  const opens = new Allowance(limits.channelOpensPerMinute, performance.now());
  let open = 0;
  const isFlood = (): boolean => {
    const flood = !opens.take(performance.now());
    if (flood) onFlood();
    return flood;
  };
  const refuse = (_accept: unknown, reject: RejectConnection): void => {
    if (!isFlood()) reject();
  };
  // ssh2 would refuse these by itself, and nobody would count them.
  connection.on('tcpip', refuse);
  connection.on('openssh.streamlocal', refuse);
  connection.on('session', (accept: AcceptConnection<Session>, reject: RejectConnection) => {
    if (isFlood()) return;
    if (open >= limits.channels) return reject();
    const session = accept();
    open += 1;
    session.on('close', () => (open -= 1));
    refuseCommands(session, onUnusable);
    session.on('subsystem', (acceptChannel, rejectChannel, { name }) => {
      if (name !== 'sftp') {
        (rejectChannel as RejectConnection | undefined)?.();
        return;
      }
      const stream = acceptChannel();
      if (isUsable(stream)) onSftp(stream);
      else onUnusable();
    });
  });
}
