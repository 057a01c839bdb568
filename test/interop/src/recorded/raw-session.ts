import { once } from 'node:events';
import { PacketAssembler, requestTypes, statusCodes, string, u32, u64 } from '@rosterport/sftp';
import ssh2, { type ClientChannel } from 'ssh2';
import type { Answered, Asked } from './recording.ts';

/** An answer as it came, without its length. */
export interface Reply {
  readonly kind: Answered | 'other';
  /** What follows the number of the request. */
  readonly body: Buffer;
}

const kinds: Readonly<Record<number, Answered>> = { 102: 'handle', 104: 'name', 105: 'attributes', 201: 'extended' };
const statuses: Readonly<Record<number, Answered>> = {
  [statusCodes.ok]: 'ok',
  [statusCodes.eof]: 'end',
  [statusCodes.noSuchFile]: 'noSuchFile',
  [statusCodes.failure]: 'failure',
};

const hasPermissions = 4;
const hasTimes = 8;

/** An SFTP session whose every packet is made here: the `sftp` subsystem on a channel of a real SSH connection. */
export class RawSession {
  readonly #client: ssh2.Client;
  readonly #channel: ClientChannel;
  readonly #assembler = new PacketAssembler();
  readonly #packets: Buffer[] = [];
  #sent = 0;
  #heard = 0;

  private constructor(client: ssh2.Client, channel: ClientChannel) {
    this.#client = client;
    this.#channel = channel;
    channel.on('data', (chunk: Buffer) => {
      this.#packets.push(...this.#assembler.push(chunk));
      channel.emit('packets');
    });
  }

  /** Logs in and says INIT of version 3. */
  static async begin({ port, user, password }: { port: number; user: string; password: string }): Promise<RawSession> {
    const client = new ssh2.Client();
    client.connect({ host: '127.0.0.1', port, username: user, password });
    await once(client, 'ready');
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      client.subsys('sftp', (error, opened) => (error === undefined ? resolve(opened) : reject(error)));
    });
    const session = new RawSession(client, channel);
    channel.write(packet(Buffer.of(1, 0, 0, 0, 3)));
    const version = await session.#packet();
    if (version[0] !== 2) throw new Error(`Packet ${version[0]} instead of VERSION.`);
    return session;
  }

  /** Sends a request; its answer is one of the next that are heard. */
  send(asked: Exclude<Asked, { ask: 'write' }>, about: { handle: Buffer; modified: number }): void {
    const { ask } = asked;
    const fields: Buffer[] = [];
    if (ask === 'limits') fields.push(string('limits@openssh.com'));
    if ('path' in asked) fields.push(string(asked.path));
    if (ask === 'close' || ask === 'fstat' || ask === 'readdir') fields.push(string(about.handle));
    if (ask === 'open') fields.push(u32(asked.flags), attributes(asked.permissions, undefined));
    if (ask === 'setstat') fields.push(attributes(asked.permissions, about.modified));
    if (ask === 'rename') fields.push(string(asked.to));
    this.#send(requestTypes[ask === 'limits' ? 'extended' : ask], fields);
  }

  /** Sends a WRITE. */
  write(handle: Buffer, position: number, bytes: Buffer): void {
    this.#send(requestTypes.write, [string(handle), u64(position), string(bytes)]);
  }

  /** The answer to the oldest request that has none. Throws when it is not the answer to that one: clients rely on the order. */
  async hear(): Promise<Reply> {
    const found = await this.#packet();
    this.#heard += 1;
    if (found.readUInt32BE(1) !== this.#heard) throw new Error(`The answer to ${found.readUInt32BE(1)} came in the place of that to ${this.#heard}.`);
    const body = found.subarray(5);
    const type = found.readUInt8(0);
    const kind = type === 101 ? statuses[body.readUInt32BE(0)] : kinds[type];
    return { kind: kind ?? 'other', body };
  }

  /** Ends the connection as a client does that is done. */
  async end(): Promise<void> {
    this.#channel.end();
    this.#client.end();
    await once(this.#client, 'close');
  }

  /** Breaks the connection off. */
  async breakOff(): Promise<void> {
    this.#client.destroy();
    await once(this.#client, 'close');
  }

  #send(type: number, fields: readonly Buffer[]): void {
    this.#sent += 1;
    this.#channel.write(packet(Buffer.concat([Buffer.of(type), u32(this.#sent), ...fields])));
  }

  async #packet(): Promise<Buffer> {
    while (this.#packets.length === 0) await once(this.#channel, 'packets');
    return this.#packets.shift()!;
  }
}

/** The first field of an answer that holds a handle. */
export function handleIn({ body }: Reply): Buffer {
  return body.subarray(4, 4 + body.readUInt32BE(0));
}

/** The size in an answer of attributes. */
export function sizeIn({ body }: Reply): number {
  return Number(body.readBigUInt64BE(4));
}

function packet(body: Buffer): Buffer {
  return Buffer.concat([u32(body.length), body]);
}

function attributes(permissions: number | undefined, modified: number | undefined): Buffer {
  const flags = (permissions === undefined ? 0 : hasPermissions) | (modified === undefined ? 0 : hasTimes);
  return Buffer.concat([
    u32(flags),
    ...(permissions === undefined ? [] : [u32(permissions)]),
    ...(modified === undefined ? [] : [u32(modified), u32(modified)]),
  ]);
}
