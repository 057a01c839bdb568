import type { Identity } from '@rosterport/access';
import type { Socket } from 'node:net';
import type { AcceptConnection, Connection, RejectConnection, ServerChannel, Session } from 'ssh2';
import type { GatewayContext } from '../../gateway-context.ts';
import type { Boxes } from './boxes.ts';
import { serveLogIn, type LogInLimits } from './log-in.ts';
import { isUsable, refuseCommands } from './refuse-commands.ts';
import { serveChannel, type SftpChannel } from './sftp-channel.ts';

/** One client's connection. */
export interface SftpConnection {
  /** False until the client has logged in. */
  readonly isLoggedIn: boolean;
  /** How many SFTP sessions are open on it. */
  readonly sessions: number;
  /** Serves what ssh2 has made of the socket; called once, or never. */
  attach(connection: Connection): void;
  /** Lets uploads in hand come to their end, then ends the connection. Resolves when nothing is left of it. */
  finish(): Promise<void>;
  /** Breaks it off. */
  destroy(): void;
}

/** What serving a connection takes. */
export interface ConnectionOptions {
  readonly context: GatewayContext;
  readonly boxes: Boxes;
  readonly logIn: LogInLimits;
  /** How long a client may take to log in. */
  readonly loginGraceSeconds: number;
  /** How long a client may stay without a request. */
  readonly idleSeconds: number;
  readonly onClose: () => void;
}

/** How many channels a connection may have; the clients that open several open two or three. */
const mostChannels = 10;

/** How long a client may take to hear that the connection is over. */
const farewellMs = 2_000;

/** Serves a client from its first byte on. ssh2 tells of it only when the client has said that it speaks SSH. */
export function serveConnection(socket: Socket, options: ConnectionOptions): SftpConnection {
  const { context, boxes } = options;
  const channels = new Set<SftpChannel>();
  let ssh: Connection | undefined;
  let identity: Identity | undefined;
  let timer = setTimeout(() => socket.destroy(), options.loginGraceSeconds * 1000);
  const hangUp = (): void => {
    clearTimeout(timer);
    ssh?.end();
    timer = setTimeout(() => socket.destroy(), farewellMs);
  };
  const touch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(hangUp, options.idleSeconds * 1000);
  };
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      clearTimeout(timer);
      for (const channel of channels) channel.close();
      options.onClose();
      resolve();
    });
  });
  const onIdentity = (proved: Identity): void => {
    identity = proved;
    touch();
  };
  const onSftp = (stream: ServerChannel): void => {
    if (identity === undefined) return hangUp();
    const channel = serveChannel(stream, { context, boxes, identity, onRequest: touch });
    channels.add(channel);
    void channel.done.then(() => channels.delete(channel));
  };

  return {
    get isLoggedIn() {
      return identity !== undefined;
    },
    get sessions() {
      return channels.size;
    },
    attach(connection) {
      ssh = connection;
      // Whatever a stranger sends ends here: without a listener it would end the process.
      connection.on('error', () => socket.destroy());
      serveLogIn(connection, { context, limits: options.logIn, onIdentity });
      serveSessions(connection, hangUp, onSftp);
    },
    async finish() {
      for (const channel of channels) channel.finish();
      await Promise.all([...channels].map((channel) => channel.done));
      hangUp();
      await closed;
    },
    destroy: () => socket.destroy(),
  };
}

/** Hands on the channels that ask for SFTP, and refuses everything else; one that must not be written to ends the connection. */
function serveSessions(connection: Connection, hangUp: () => void, onSftp: (stream: ServerChannel) => void): void {
  let openChannels = 0;
  connection.on('session', (accept: AcceptConnection<Session>, reject: RejectConnection) => {
    if (openChannels >= mostChannels) {
      reject();
      return;
    }
    const session = accept();
    openChannels += 1;
    session.on('close', () => (openChannels -= 1));
    refuseCommands(session, hangUp);
    session.on('subsystem', (acceptChannel, rejectChannel, { name }) => {
      if (name !== 'sftp') {
        (rejectChannel as RejectConnection | undefined)?.();
        return;
      }
      const stream = acceptChannel();
      if (isUsable(stream)) onSftp(stream);
      else hangUp();
    });
  });
}
