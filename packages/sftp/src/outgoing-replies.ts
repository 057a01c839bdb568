import type { Duplex } from 'node:stream';
import type { Bell } from './bell.ts';

/** Replies gathered before they must leave: many small ones become one write, and so one packet below. */
const maxBatchBytes = 64 * 1024;

/** The replies on their way to the client. Those of one turn of the event loop leave together. */
export class OutgoingReplies {
  readonly #channel: Duplex;
  readonly #bell: Bell;
  #batch: Buffer[] = [];
  #batchBytes = 0;
  #leaving: NodeJS.Immediate | undefined;

  constructor(channel: Duplex, bell: Bell) {
    this.#channel = channel;
    this.#bell = bell;
    channel.on('drain', this.#drained);
  }

  /** True while the channel takes no more: the client does not read its replies. */
  get full(): boolean {
    return this.#channel.writableNeedDrain && !this.#channel.destroyed;
  }

  send(reply: Buffer): void {
    this.#batch.push(reply);
    this.#batchBytes += reply.length;
    if (this.#batchBytes >= maxBatchBytes) this.flush();
    else this.#leaving ??= setImmediate(() => this.flush());
  }

  /** Hands what was gathered to the channel; a channel that is gone takes nothing. */
  flush(): void {
    clearImmediate(this.#leaving);
    this.#leaving = undefined;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    if (batch.length > 0 && this.#channel.writable) this.#channel.write(Buffer.concat(batch));
  }

  /** Sends the last replies and lets go of the channel. */
  stop(): void {
    this.flush();
    this.#channel.off('drain', this.#drained);
  }

  readonly #drained = (): void => this.#bell.ring();
}
