import { createServer, type Socket } from 'node:net';
import { noNetworks, type Networks } from '@rosterport/runtime';
import ssh2 from 'ssh2';
import type { GatewayContext } from '../../gateway-context.ts';
import { MemoryBudget } from '../../limits/memory-budget.ts';
import { usualSftpLimits, type SftpLimits } from '../../limits/sftp-limits.ts';
import { transportFor, type TransportOptions } from './algorithms.ts';
import { openBoxes } from './boxes.ts';
import type { CheckpointPace } from './checkpoint.ts';
import { serveConnection, type SftpConnection } from './connection.ts';
import { openEntrance } from './entrance.ts';
import { freeMemoryAtOnce } from './free-memory-at-once.ts';
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
  /** Limits of clients; the usual ones unless told. */
  readonly limits?: Partial<SftpLimits>;
  /** Proxies that name the client by the PROXY protocol, version 2; none unless told. */
  readonly proxies?: Networks;
  /** How long a proxy may take to do so, in milliseconds; 5,000 unless told. */
  readonly proxyHeaderMs?: number;
  /** How long an empty file waits for its bytes before it becomes a job; 3 unless told. */
  readonly emptySeconds?: number;
  /** How long an open upload must stand still before another session of its sender may go on with it; 10 unless told. */
  readonly takeOverSeconds?: number;
  /** How often what has arrived of an upload is made safe from the end of the process; 64 MiB or 10 seconds unless told. */
  readonly pace?: CheckpointPace;
  /** How long uploads under temporary names outlive the last session of their sender; 300 unless told. */
  readonly temporarySeconds?: number;
  /** How long `close` waits for uploads in hand; 5 unless told. */
  readonly closeSeconds?: number;
}

const usualPace: CheckpointPace = { bytes: 64 * 1024 * 1024, seconds: 10 };

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
  freeMemoryAtOnce();
  const { emptySeconds = 3, takeOverSeconds = 10, temporarySeconds = 300, closeSeconds = 5, pace = usualPace } = options;
  const boxes = openBoxes({ context, limitBytes: options.limitBytes, emptySeconds, takeOverSeconds, temporarySeconds, pace });
  const limits = { ...usualSftpLimits, ...options.limits };
  const budget = new MemoryBudget(limits.processBytes);
  const connections = new Set<SftpConnection>();
  /** The newest of each address and port: all that ssh2 tells of the socket that it was given. */
  const byPeer = new Map<string, SftpConnection>();
  const transport = transportFor(options.hostKeys, options);
  const ssh = new ssh2.Server({ ...transport, ident: 'Rosterport' }, (client, { ip, port }) => {
    const connection = byPeer.get(`${ip} ${port}`);
    if (connection !== undefined) return connection.attach(client);
    client.on('error', () => client.end());
    client.end();
  });
  const entrance = openEntrance(context, { limits, proxy: { proxies: options.proxies ?? noNetworks, headerMs: options.proxyHeaderMs ?? 5_000 } });
  const onSocket = (socket: Socket): void =>
    entrance.admit(socket, ({ seat, address }) => {
      const peer = `${socket.remoteAddress ?? ''} ${socket.remotePort ?? ''}`;
      const onClose = (): void => {
        connections.delete(connection);
        if (byPeer.get(peer) === connection) byPeer.delete(peer);
      };
      const connection = serveConnection(socket, { context, boxes, limits, budget, seat, address, onClose });
      connections.add(connection);
      byPeer.set(peer, connection);
      ssh.injectSocket(socket);
      // ssh2 reads over what stands before the first line of SSH, which only a server may send (RFC 4253, section 4.2).
      socket.once('data', (piece: Buffer) => {
        if (piece[0] !== 0x53) socket.destroy();
      });
    });
  const listener = createServer({ noDelay: true }, onSocket);
  const port = await listen(listener, { port: options.port, host: options.host, door: 'SFTP', setting: 'ROSTERPORT_SFTP_PORT' });
  listener.on('error', (error) => context.log.error('A connection could not be accepted', { channel: 'sftp', error }));

  const shortest = Math.min(limits.idleMs, limits.stallMs, limits.rekeyMs);
  const looking = setInterval(() => connections.forEach((connection) => connection.look(performance.now())), Math.min(1_000, shortest / 8));
  const closeAll = async (): Promise<void> => {
    const closed = new Promise((resolve) => listener.close(resolve));
    entrance.close();
    for (const connection of connections) if (!connection.isLoggedIn) connection.destroy();
    const deadline = setTimeout(() => connections.forEach((connection) => connection.destroy()), closeSeconds * 1000);
    await Promise.all([...connections].map((connection) => connection.finish()));
    clearTimeout(deadline);
    clearInterval(looking);
    await closed;
    await boxes.close();
  };
  let closing: Promise<void> | undefined;
  return {
    port,
    get sessions() {
      return [...connections].reduce((sum, connection) => sum + connection.sessions, 0);
    },
    close: () => (closing ??= closeAll()),
  };
}
