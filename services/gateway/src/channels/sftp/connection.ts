import type { Identity } from '@rosterport/access';
import type { Socket } from 'node:net';
import type { Connection, ServerChannel } from 'ssh2';
import type { GatewayContext } from '../../gateway-context.ts';
import type { Seat } from '../../limits/connection-gate.ts';
import type { MemoryBudget } from '../../limits/memory-budget.ts';
import type { Offence } from '../../limits/penalties.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';
import type { Boxes } from './boxes.ts';
import { watchConnection, type ConnectionWatch, type Cut } from './connection-watch.ts';
import { serveLogIn } from './log-in.ts';
import { serveSessions } from './serve-sessions.ts';
import { serveChannel, type SftpChannel } from './sftp-channel.ts';

/** One client's connection. */
export interface SftpConnection {
  /** False until the client has logged in. */
  readonly isLoggedIn: boolean;
  /** How many SFTP sessions are open on it. */
  readonly sessions: number;
  /** Serves what ssh2 has made of the socket; called once, or never. */
  attach(connection: Connection): void;
  /** Looks at it, as has to be done now and then; cuts it when it is idle or does not move. */
  look(now: number): void;
  /** Lets uploads in hand come to their end, then ends the connection. Resolves when nothing is left of it. */
  finish(): Promise<void>;
  /** Breaks it off, for no fault of the client. */
  destroy(): void;
}

/** What serving a connection takes. */
export interface ConnectionOptions {
  readonly context: GatewayContext;
  readonly boxes: Boxes;
  readonly limits: SftpLimits;
  readonly budget: MemoryBudget;
  readonly seat: Seat;
  /** Where the client is. */
  readonly address: string;
  /** Called when nothing is left of it. */
  readonly onClose: () => void;
}

/** How long a client may take to hear that the connection is over. */
const farewellMs = 2_000;

/** Serves a client from its first byte on. ssh2 tells of it only when the client has said that it speaks SSH. */
export function serveConnection(socket: Socket, options: ConnectionOptions): SftpConnection {
  return new Client(socket, options);
}

/** Errors of ssh2 have a level, or the code of the client's DISCONNECT; only those about packets may have neither. */
type SshError = Error & { readonly level?: string; readonly code?: unknown };

function isNonsense({ level, code }: SshError): boolean {
  return level === 'protocol' || (level === undefined && code === undefined);
}

class Client implements SftpConnection {
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #channels = new Set<SftpChannel>();
  readonly #closed: Promise<void>;
  #ssh: Connection | undefined;
  #watch: ConnectionWatch | undefined;
  #identity: Identity | undefined;
  /** What the address is blamed for if the connection ends before the client has logged in. */
  #blame: Offence | null = 'noLogin';
  #lastRequest = 0;
  #isCut = false;
  #timer: NodeJS.Timeout;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#timer = setTimeout(() => {
      this.#blame = 'loginTooLate';
      socket.destroy();
    }, options.limits.loginGraceMs);
    this.#closed = new Promise((resolve) => socket.once('close', resolve)).then(() => this.#left());
  }

  get isLoggedIn(): boolean {
    return this.#identity !== undefined;
  }

  get sessions(): number {
    return this.#channels.size;
  }

  attach(connection: Connection): void {
    const { context, limits, address } = this.#options;
    this.#ssh = connection;
    // Whatever a stranger sends ends here: without a listener it would end the process.
    connection.on('error', (error: SshError) => {
      if (isNonsense(error)) this.#blame = 'nonsense';
      this.#socket.destroy();
    });
    this.#watch = watchConnection(connection, {
      socket: this.#socket,
      limits,
      isLoggedIn: () => this.isLoggedIn,
      sessions: () => this.#channels.size,
      onCut: (why) => this.#cut(why),
    });
    serveLogIn(connection, {
      context,
      limits,
      address,
      onIdentity: (identity) => this.#loggedIn(identity),
      onRefused: (method) => this.#refused(method),
      onBroken: () => (this.#blame = null),
    });
    serveSessions(connection, {
      limits,
      onSftp: (stream) => this.#serve(stream),
      onUnusable: () => this.#hangUp(),
      onFlood: () => this.#cut('flood'),
    });
  }

  look(now: number): void {
    if (!this.isLoggedIn || this.#isCut) return;
    const sluggish = [...this.#channels].map((channel) => channel.sluggish(now)).find((problem) => problem !== null);
    const isIdle = now - this.#lastRequest >= this.#options.limits.idleMs;
    const problem = sluggish ?? this.#watch?.problem(now) ?? (isIdle ? 'idle' : null);
    if (problem !== null) this.#cut(problem);
  }

  async finish(): Promise<void> {
    for (const channel of this.#channels) channel.finish();
    await Promise.all([...this.#channels].map((channel) => channel.done));
    this.#hangUp();
    await this.#closed;
  }

  destroy(): void {
    this.#blame = null;
    this.#socket.destroy();
  }

  #loggedIn(identity: Identity): boolean {
    const { context, seat, address } = this.#options;
    this.#blame = null;
    if (!seat.loggedIn(identity.tenantId)) {
      context.metrics.count('rosterport_connections_refused_total', { channel: 'sftp', reason: 'tenant' });
      context.log.warn('A tenant has too many connections', { channel: 'sftp', tenant: identity.tenantId, address });
      return false;
    }
    clearTimeout(this.#timer);
    this.#identity = identity;
    this.#lastRequest = performance.now();
    return true;
  }

  #refused(method: 'key' | 'other'): void {
    const { context, address } = this.#options;
    // A client with several keys may still have the right one, so they are judged at the end.
    if (method === 'key') this.#blame = 'keysRefused';
    else {
      context.doorkeeper.offend(address, 'loginRefused');
      if (this.#blame === 'noLogin') this.#blame = null;
    }
  }

  #serve(stream: ServerChannel): void {
    if (this.#identity === undefined) return this.#hangUp();
    const onRequest = (): void => {
      this.#lastRequest = performance.now();
    };
    const channel = serveChannel(stream, { ...this.#options, identity: this.#identity, socket: this.#socket, onRequest });
    this.#channels.add(channel);
    void channel.done.then(() => this.#channels.delete(channel));
  }

  #cut(why: Cut): void {
    if (this.#isCut) return;
    this.#isCut = true;
    const { context, address } = this.#options;
    context.metrics.count('rosterport_connections_cut_total', { reason: why });
    context.log.warn('A connection was cut', { channel: 'sftp', reason: why, address });
    if (!this.isLoggedIn) this.#blame = 'flood';
    else if (why === 'flood') context.doorkeeper.offend(address, 'flood');
    // Whoever floods or does not read gets no farewell, which would only wait behind the rest.
    if (why === 'flood' || why === 'unreadReplies') this.#socket.destroy();
    else this.#hangUp();
  }

  #hangUp(): void {
    clearTimeout(this.#timer);
    this.#ssh?.end();
    this.#timer = setTimeout(() => this.#socket.destroy(), farewellMs);
  }

  /** The client is gone. What it has left in hand takes a moment to be put down. */
  async #left(): Promise<void> {
    const { context, address, seat, onClose } = this.#options;
    clearTimeout(this.#timer);
    this.#isCut = true;
    for (const channel of this.#channels) channel.close();
    if (!this.isLoggedIn && this.#blame !== null) context.doorkeeper.offend(address, this.#blame);
    seat.leave();
    await Promise.all([...this.#channels].map((channel) => channel.done));
    onClose();
  }
}
