import { duplexPair, type Duplex } from 'node:stream';
import { once } from 'node:events';
import { statusCodes, type SftpStatus } from '../sftp-error.ts';
import { serveSftp } from '../serve-sftp.ts';
import { PacketAssembler } from '../packet-assembler.ts';
import type { SftpFiles } from '../files.ts';
import type { SftpOptions } from '../options.ts';
import type { SftpSession } from '../session.ts';
import { init } from './client-packets.ts';

/** A reply as it came, without its length. */
export interface Reply {
  readonly type: number;
  readonly id: number;
  readonly body: Buffer;
}

/** The client's end of a session over a plain pair of streams: it sends what it is told and keeps the replies in order. */
export class RawClient {
  /** The client's end. */
  readonly stream: Duplex;
  /** The server's end. */
  readonly channel: Duplex;
  readonly session: SftpSession;
  readonly replies: Reply[] = [];
  readonly errors: { readonly error: unknown; readonly place: string }[] = [];
  readonly #assembler = new PacketAssembler();

  constructor(files: SftpFiles, options: SftpOptions = {}) {
    const [near, far] = duplexPair();
    this.stream = near;
    this.channel = far;
    near.on('data', (chunk: Buffer) => {
      for (const packet of this.#assembler.push(chunk)) {
        this.replies.push({ type: packet.readUInt8(0), id: packet.readUInt32BE(1), body: packet.subarray(5) });
      }
      near.emit('replies');
    });
    this.session = serveSftp(far, files, { onError: (error, place) => this.errors.push({ error, place }), ...options });
    void this.session.done.then(() => far.end());
  }

  /** A client that has said INIT and heard VERSION. */
  static async begun(files: SftpFiles, options: SftpOptions = {}): Promise<RawClient> {
    const client = new RawClient(files, options);
    client.send(init);
    await client.heard(1);
    client.replies.length = 0;
    return client;
  }

  send(...packets: readonly Buffer[]): void {
    this.stream.write(Buffer.concat(packets));
  }

  /** Waits until so many replies have come in all; then gives them. */
  async heard(count: number): Promise<readonly Reply[]> {
    while (this.replies.length < count) await once(this.stream, 'replies');
    return this.replies;
  }

  /** Sends and waits for one reply to each packet; gives those replies. */
  async ask(...packets: readonly Buffer[]): Promise<readonly Reply[]> {
    const before = this.replies.length;
    this.send(...packets);
    return (await this.heard(before + packets.length)).slice(before);
  }

  /** Sends one packet and gives the handle in the reply. */
  async handle(packet: Buffer): Promise<Buffer> {
    const [reply] = await this.ask(packet);
    if (reply?.type !== 102) throw new Error(`No handle came, but ${JSON.stringify(reply && statusOf(reply))}.`);
    return Buffer.from(reply.body.subarray(4));
  }
}

/** What a STATUS says; another type of reply is named by its number. */
export function statusOf(reply: Reply): SftpStatus | number {
  if (reply.type !== 101) return reply.type;
  const code = reply.body.readUInt32BE(0);
  return (Object.keys(statusCodes) as SftpStatus[])[code] ?? code;
}

/** The words of a STATUS. */
export function messageOf(reply: Reply): string {
  return reply.body.toString('utf8', 8, 8 + reply.body.readUInt32BE(4));
}
