import type { Socket } from 'node:net';
import type { Product } from '@rosterport/journeys';
import ssh2 from 'ssh2';
import { init } from './packets.ts';

/** A channel of a hostile client. Nothing that it sends is held back, and nothing that comes is kept but the replies. */
export interface HostileChannel {
  /** Sends bytes as they are, in packets of at most this many, whatever the window says. */
  send(bytes: Uint8Array, most?: number): void;
  /** The next SFTP reply, without its length; nothing when the channel or the connection ends before. */
  reply(): Promise<Buffer | undefined>;
  /** Sends a packet and gives the reply to it. */
  ask(bytes: Uint8Array): Promise<Buffer | undefined>;
  /** Closes the channel, as a client does that has done. */
  close(): void;
  /** The handle in the reply to a packet. */
  handle(bytes: Uint8Array): Promise<Buffer>;
}

/** A client that has logged in and keeps to no rule. */
export interface HostileClient {
  readonly isOver: boolean;
  /** Resolves when the connection has ended, from whichever side. */
  readonly over: Promise<unknown>;
  /** Opens a channel with a window and a packet size of its choice; nothing when the server refuses or ends the connection. */
  channel(choice?: { readonly window?: number; readonly packetSize?: number }): Promise<{ readonly id: number } | undefined>;
  /** Opens a channel with SFTP on it that has heard VERSION. */
  sftp(choice?: { readonly window?: number; readonly packetSize?: number }): Promise<HostileChannel>;
  /** Asks for a channel without waiting for the answer. */
  askForChannel(): void;
  /** Asks for SFTP, or for a command, on a channel without waiting for the answer. */
  askFor(id: number, what: 'sftp' | 'command'): void;
  /** Stops reading from the network, or goes on. */
  deafen(isDeaf: boolean): void;
  end(): Promise<void>;
}

/** The parts of ssh2's client below its public face. */
interface Below {
  readonly _sock: Socket;
  readonly _protocol: {
    readonly _handlers: Record<string, (protocol: unknown, ...details: never[]) => void>;
    session(id: number, window: number, packetSize: number): void;
    subsystem(id: number, name: string, wantReply: boolean): void;
    exec(id: number, command: string, wantReply: boolean): void;
    channelData(id: number, bytes: Uint8Array): void;
    channelClose(id: number): void;
  };
}

interface Opened {
  readonly id: number;
  arrived: Buffer;
  isClosed: boolean;
  heard: () => void;
}

/** Logs in as the newcomer, by ssh2's own client, and takes over from there. */
export async function connectHostile({ facts }: Pick<Product, 'facts'>): Promise<HostileClient> {
  const client = new ssh2.Client();
  const failed = new Promise<never>((_resolve, reject) => client.on('error', reject));
  failed.catch(() => undefined);
  client.connect({ host: '127.0.0.1', port: facts.sftpPort, username: facts.sftpUser, password: facts.token });
  await Promise.race([new Promise<void>((resolve) => client.once('ready', resolve)), failed]);
  client.setNoDelay(true);
  return takeOver(client, client as unknown as Below);
}

function takeOver(client: ssh2.Client, { _sock: socket, _protocol: protocol }: Below): HostileClient {
  const heard = listen(client, protocol);
  const { channels } = heard;
  let asked = 0;
  const request = (window: number, packetSize: number): number => {
    protocol.session(asked, window, packetSize);
    return asked++;
  };
  const open: HostileClient['channel'] = async ({ window = 0x7fffffff, packetSize = 32 * 1024 } = {}) => {
    const ours = request(window, packetSize);
    const theirs = await heard.answer();
    if (theirs === undefined) return undefined;
    channels.set(ours, { id: theirs, arrived: Buffer.alloc(0), isClosed: false, heard: nothing });
    return { id: ours };
  };
  return {
    get isOver() {
      return heard.isOver();
    },
    over: heard.over,
    channel: open,
    askForChannel() {
      request(0x7fffffff, 32 * 1024);
    },
    askFor: (id, what) => {
      const theirs = channels.get(id)?.id ?? 0;
      if (what === 'sftp') protocol.subsystem(theirs, 'sftp', false);
      else protocol.exec(theirs, 'scp -t /incoming', false);
    },
    deafen(isDeaf) {
      if (isDeaf) socket.pause();
      else socket.resume();
    },
    async sftp(choice) {
      const id = (await open(choice))?.id;
      const channel = id === undefined ? undefined : channels.get(id);
      if (channel === undefined) throw new Error('No channel was opened.');
      const answered = new Promise<void>((resolve) => (channel.heard = resolve));
      protocol.subsystem(channel.id, 'sftp', true);
      await answered;
      const sftp = overChannel(channel, { protocol, isOver: heard.isOver });
      await sftp.ask(init);
      return sftp;
    },
    async end() {
      client.end();
      await heard.over;
    },
  };
}

function nothing(): void {
  // Whoever is hostile does not care.
}

/** What is heard of the server, instead of by ssh2's client. */
interface Heard {
  readonly channels: Map<number, Opened>;
  /** The server's number for the channel that was asked for, in the order of asking; nothing when it was refused. */
  answer(): Promise<number | undefined>;
  readonly over: Promise<void>;
  readonly isOver: () => boolean;
}

function listen(client: ssh2.Client, protocol: Below['_protocol']): Heard {
  const channels = new Map<number, Opened>();
  const answers: ((id: number | undefined) => void)[] = [];
  let isOver = false;
  const over = new Promise<void>((resolve) => client.once('close', () => resolve())).then(() => {
    isOver = true;
    for (const answer of answers) answer(undefined);
    for (const { heard } of channels.values()) heard();
  });
  Object.assign(protocol._handlers, {
    CHANNEL_OPEN_CONFIRMATION: (_protocol: unknown, { sender }: { sender: number }) => answers.shift()?.(sender),
    CHANNEL_OPEN_FAILURE: () => answers.shift()?.(undefined),
    CHANNEL_SUCCESS: (_protocol: unknown, id: number) => channels.get(id)?.heard(),
    CHANNEL_FAILURE: (_protocol: unknown, id: number) => channels.get(id)?.heard(),
    CHANNEL_DATA: (_protocol: unknown, id: number, bytes: Buffer) => {
      const channel = channels.get(id);
      if (channel === undefined) return;
      channel.arrived = Buffer.concat([channel.arrived, bytes]);
      channel.heard();
    },
    ...{ CHANNEL_WINDOW_ADJUST: nothing, CHANNEL_EXTENDED_DATA: nothing, CHANNEL_REQUEST: nothing, CHANNEL_EOF: nothing },
    CHANNEL_CLOSE: (_protocol: unknown, id: number) => {
      const channel = channels.get(id);
      if (channel === undefined) return;
      if (!channel.isClosed) protocol.channelClose(channel.id);
      channel.isClosed = true;
      channels.delete(id);
      channel.heard();
    },
  });
  const answer = (): Promise<number | undefined> =>
    new Promise((resolve) => (isOver ? resolve(undefined) : answers.push(resolve)));
  return { channels, answer, over, isOver: () => isOver };
}

function overChannel(channel: Opened, { protocol, isOver }: { protocol: Below['_protocol']; isOver: () => boolean }): HostileChannel {
  const reply = async (): Promise<Buffer | undefined> => {
    const { arrived } = channel;
    if (arrived.length >= 4 && arrived.length >= 4 + arrived.readUInt32BE(0)) {
      const end = 4 + arrived.readUInt32BE(0);
      channel.arrived = arrived.subarray(end);
      return arrived.subarray(4, end);
    }
    if (isOver() || channel.isClosed) return undefined;
    await new Promise<void>((resolve) => (channel.heard = resolve));
    return reply();
  };
  const send: HostileChannel['send'] = (bytes, most = 32 * 1024) => {
    for (let at = 0; at < bytes.length; at += most) protocol.channelData(channel.id, Buffer.from(bytes.subarray(at, at + most)));
  };
  const ask = (bytes: Uint8Array): Promise<Buffer | undefined> => {
    send(bytes);
    return reply();
  };
  return {
    send,
    reply,
    ask,
    close() {
      channel.isClosed = true;
      protocol.channelClose(channel.id);
    },
    async handle(bytes) {
      const answer = await ask(bytes);
      if (answer?.[0] !== 102) throw new Error(`No handle came, but ${answer?.toString('latin1') ?? 'the end'}.`);
      return Buffer.from(answer.subarray(9));
    },
  };
}
