import type { Duplex } from 'node:stream';
import { answerMetadata } from './answer-metadata.ts';
import type { Desk } from './answers.ts';
import { closeDirectory } from './answers-on-handles.ts';
import { answerTransfer, transferCost } from './answer-transfer.ts';
import { Bell } from './bell.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeStatus, encodeVersion } from './encode-reply.ts';
import type { SftpFiles } from './files.ts';
import { HandleTable, type Opened } from './handle-table.ts';
import { IncomingPackets } from './incoming-packets.ts';
import { MalformedPacket } from './malformed-packet.ts';
import { settingsFrom, type SftpFaultPlace, type SftpOptions } from './options.ts';
import { OutgoingReplies } from './outgoing-replies.ts';
import type { MetadataRequest, SftpRequest, TransferRequest } from './request.ts';
import { SftpError } from './sftp-error.ts';
import { Transfers } from './transfers.ts';

/**
 * How a session ended: the client said that it is done (`eof`), its channel vanished or broke off within a packet
 * (`dropped`), it sent something that is not the protocol (`malformed`), or its owner closed it (`closed`).
 */
export type SftpEnd = 'eof' | 'dropped' | 'malformed' | 'closed';

/**
 * After so many requests in a row the rest of the process has its turn: requests that are answered from memory wait for
 * nothing by themselves, and two megabytes of small ones would keep everybody else waiting for seconds.
 */
const requestsInARow = 64;

/** One client's conversation on one channel. */
export class SftpSession {
  /**
   * Resolves when all is over: every call to the owner has ended, every handle is closed or abandoned, the last reply
   * is with the channel. Never rejects.
   */
  readonly done: Promise<SftpEnd>;

  readonly #desk: Desk;
  readonly #bell = new Bell();
  readonly #packets: IncomingPackets;
  readonly #replies: OutgoingReplies;
  readonly #transfers: Transfers;
  #closed = false;
  #begun = false;

  /** See `serveSftp`. */
  constructor(channel: Duplex, files: SftpFiles, options: SftpOptions) {
    const settings = settingsFrom(options, files);
    this.#desk = { files, handles: new HandleTable(settings.maxHandles), settings };
    // Stays for good: an error that comes after the end must not become an uncaught one.
    channel.on('error', (error) => this.#report(error, 'channel'));
    this.#packets = new IncomingPackets(channel, this.#bell);
    this.#replies = new OutgoingReplies(channel, this.#bell);
    this.#transfers = new Transfers({ replies: this.#replies, bell: this.#bell, maxBytes: settings.maxPendingBytes });
    this.done = this.#live();
  }

  /** What READs and WRITEs under way hold in memory, in bytes. */
  get pendingBytes(): number {
    return this.#transfers.bytes;
  }

  /** Ends the session from this side: nothing more is read, running calls end, open handles are abandoned. */
  close(): void {
    this.#closed = true;
    this.#bell.ring();
  }

  async #live(): Promise<SftpEnd> {
    const end = await this.#serve();
    await this.#until(() => this.#transfers.idle);
    for (const opened of this.#desk.handles.takeAll()) await this.#abandon(opened);
    this.#replies.stop();
    this.#packets.stop();
    return end;
  }

  async #abandon(opened: Opened): Promise<void> {
    try {
      await (opened.kind === 'file' ? opened.file.abandon('disconnected') : closeDirectory(opened));
    } catch (error) {
      this.#report(error, 'abandon');
    }
  }

  async #serve(): Promise<SftpEnd> {
    try {
      let taken = 0;
      for (let packet = await this.#next(); packet !== undefined; packet = await this.#next()) {
        const taking = this.#take(decodeRequest(packet));
        if (taking !== undefined) await taking;
        taken += 1;
        if (taken % requestsInARow === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      this.#report(error, 'packet');
      return 'malformed';
    }
    if (this.#closed) return 'closed';
    return this.#packets.state === 'ended' && this.#packets.atBoundary ? 'eof' : 'dropped';
  }

  /** The next packet, once there is room for what it may ask; nothing when the session is over. */
  async #next(): Promise<Buffer | undefined> {
    const holding = this.#desk.settings.holdBack?.();
    if (holding !== undefined) await this.#held(holding);
    for (; !this.#over; await this.#bell.wait()) {
      if (this.#transfers.full || this.#replies.full) continue;
      const packet = this.#packets.next();
      if (packet !== undefined || this.#packets.state !== 'open') return packet;
      // Who has nothing under way waits for these replies. Those of transfers that overlap are gathered for a moment.
      if (this.#transfers.idle) this.#replies.flush();
    }
    return undefined;
  }

  /** Takes a request; what is to be waited for before the next one, if anything is. */
  #take(request: SftpRequest): Promise<void> | undefined {
    if ((request.kind === 'init') === this.#begun) {
      throw new MalformedPacket(this.#begun ? 'INIT came a second time.' : 'The first packet is not INIT.');
    }
    if (request.kind === 'init') {
      this.#begun = true;
      this.#replies.send(encodeVersion(this.#desk.settings.extensions));
    } else if (isTransfer(request)) this.#transfers.add(transferCost(request), this.#answerOf(request));
    else return this.#takeAlone(request);
    return undefined;
  }

  /** Everything but READ and WRITE sees the whole effect of what came before it and is alone while it runs. */
  async #takeAlone(request: MetadataRequest): Promise<void> {
    if (!this.#transfers.idle) await this.#until(() => this.#transfers.idle);
    this.#replies.send(await this.#answerOf(request));
  }

  async #answerOf(request: TransferRequest | MetadataRequest): Promise<Buffer> {
    try {
      const answer = isTransfer(request) ? answerTransfer(this.#desk, request) : answerMetadata(this.#desk, request);
      return await answer;
    } catch (error) {
      if (error instanceof SftpError) return encodeStatus(request.id, error.status, error.message);
      this.#report(error, request.kind);
      return encodeStatus(request.id, 'failure');
    }
  }

  /** Waits while the owner holds the session back. */
  async #held(holding: Promise<void>): Promise<void> {
    let held = true;
    const free = (): void => {
      held = false;
      this.#bell.ring();
    };
    holding.then(free, free);
    await this.#until(() => !held || this.#over);
  }

  get #over(): boolean {
    return this.#closed || this.#packets.state === 'dropped';
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.#bell.wait();
  }

  #report(error: unknown, place: SftpFaultPlace): void {
    try {
      this.#desk.settings.onError(error, place);
    } catch {
      // The owner's listener broke; there is nobody left to tell, and the session must still end in order.
    }
  }
}

function isTransfer(request: SftpRequest): request is TransferRequest {
  return request.kind === 'read' || request.kind === 'write';
}
