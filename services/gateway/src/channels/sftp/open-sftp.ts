import { createServer, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { GatewayContext } from '../../gateway-context.ts';
import { transportFor, type TransportOptions } from './algorithms.ts';
import { openBoxes } from './boxes.ts';
import { serveConnection, type SftpConnection } from './connection.ts';
import { listen } from '../../listen.ts';

/** How the SFTP door is opened. Everything but the first three has a default that fits. */
export interface SftpOptions extends TransportOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Private host keys, of type ed25519 and ecdsa; see `ensureHostKeys`. */
  readonly hostKeys: readonly string[];
  /** The largest file that is taken, in bytes. */
  readonly limitBytes: number;
  /** The address to listen on; every address of the machine unless told. */
  readonly host?: string;
  /** How long a client may take to log in; 30 unless told. */
  readonly loginGraceSeconds?: number;
  /** How long a client may stay without a request; 900 unless told. */
  readonly idleSeconds?: number;
  /** How many attempts to log in may fail on one connection; 6 unless told. */
  readonly loginTries?: number;
  /** How long a failed attempt takes at least, in milliseconds; 300 unless told. */
  readonly loginFailureMs?: number;
  /** How many connections may be open, and how many of them before their login; 4,000 and 64 unless told. */
  readonly maxConnections?: number;
  readonly maxStrangers?: number;
  /** How long an empty file waits for its bytes before it becomes a job; 3 unless told. */
  readonly emptySeconds?: number;
  /** How long uploads under temporary names outlive the last session of their sender; 300 unless told. */
  readonly temporarySeconds?: number;
  /** How long `close` waits for uploads in hand; 5 unless told. */
  readonly closeSeconds?: number;
}

/** The open SFTP door. */
export interface SftpServer {
  readonly port: number;
  /** How many SFTP sessions are open. */
  readonly sessions: number;
  /** Takes no more connections, lets uploads in hand come to their end within a bound, then ends what is left. */
  close(): Promise<void>;
}

/**
 * Opens the SFTP door: SSH by ssh2 on sockets that are ours, SFTP by our own codec. A tenant's name is the user name; an
 * API token is the password, or an SSH key is used. Fails with `portTaken` and `portRefused`.
 */
export async function openSftp(context: GatewayContext, options: SftpOptions): Promise<SftpServer> {
  const { emptySeconds = 3, temporarySeconds = 300, closeSeconds = 5 } = options;
  const { maxConnections = 4000, maxStrangers = 64 } = options;
  const boxes = openBoxes({ context, limitBytes: options.limitBytes, emptySeconds, temporarySeconds });
  const settings = {
    context,
    boxes,
    logIn: { tries: options.loginTries ?? 6, failureMs: options.loginFailureMs ?? 300 },
    loginGraceSeconds: options.loginGraceSeconds ?? 30,
    idleSeconds: options.idleSeconds ?? 900,
  };
  /** By the address and port of the client: all that ssh2 tells of the socket that it was given. */
  const connections = new Map<string, SftpConnection>();
  const transport = transportFor(options.hostKeys, options);
  const ssh = new ssh2.Server({ ...transport, ident: 'Rosterport' }, (client, { ip, port }) => {
    const connection = connections.get(`${ip} ${port}`);
    if (connection !== undefined) return connection.attach(client);
    client.on('error', () => client.end());
    client.end();
  });
  const onSocket = (socket: Socket): void => {
    // ssh2 listens too, but a socket may break before.
    socket.on('error', () => socket.destroy());
    const { remoteAddress = '', remotePort = '' } = socket;
    const client = `${remoteAddress} ${remotePort}`;
    const strangers = [...connections.values()].filter(({ isLoggedIn }) => !isLoggedIn).length;
    if (connections.size >= maxConnections || strangers >= maxStrangers || connections.has(client)) {
      socket.destroy();
      return;
    }
    connections.set(client, serveConnection(socket, { ...settings, onClose: () => connections.delete(client) }));
    ssh.injectSocket(socket);
  };
  const listener = createServer({ noDelay: true }, onSocket);
  const port = await listen(listener, { port: options.port, host: options.host, door: 'SFTP', setting: 'ROSTERPORT_SFTP_PORT' });
  listener.on('error', (error) => context.log.error('A connection could not be accepted', { channel: 'sftp', error }));

  const closeAll = async (): Promise<void> => {
    const closed = new Promise((resolve) => listener.close(resolve));
    for (const connection of connections.values()) if (!connection.isLoggedIn) connection.destroy();
    const deadline = setTimeout(() => connections.forEach((connection) => connection.destroy()), closeSeconds * 1000);
    await Promise.all([...connections.values()].map((connection) => connection.finish()));
    clearTimeout(deadline);
    await closed;
    await boxes.close();
  };
  let closing: Promise<void> | undefined;
  return {
    port,
    get sessions() {
      return [...connections.values()].reduce((sum, connection) => sum + connection.sessions, 0);
    },
    close: () => (closing ??= closeAll()),
  };
}
