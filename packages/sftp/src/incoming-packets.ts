import type { Duplex } from 'node:stream';
import type { Bell } from './bell.ts';
import { PacketAssembler } from './packet-assembler.ts';

/**
 * The packets that arrive on a channel, taken one by one. The channel is read only when they have been taken, so what
 * is kept here is never more than one of its chunks and one packet.
 */
export class IncomingPackets {
  readonly #channel: Duplex;
  readonly #bell: Bell;
  readonly #assembler = new PacketAssembler();
  #arrived: Generator<Buffer, void, undefined> | undefined;
  #state: 'open' | 'ended' | 'dropped' = 'open';

  constructor(channel: Duplex, bell: Bell) {
    this.#channel = channel;
    this.#bell = bell;
    channel.pause();
    channel.on('data', this.#take).on('end', this.#end).on('close', this.#drop).on('error', this.#drop);
    if (channel.destroyed) this.#state = 'dropped';
    else if (channel.readableEnded) this.#state = 'ended';
  }

  /** `dropped`: the channel is gone. `ended`: the client has sent its last byte, and all packets were taken. */
  get state(): 'open' | 'ended' | 'dropped' {
    return this.#arrived === undefined || this.#state === 'dropped' ? this.#state : 'open';
  }

  /** True when the bytes so far make whole packets. */
  get atBoundary(): boolean {
    return this.#assembler.atBoundary;
  }

  /** The next packet, if one is here; else asks for more and rings when there is. Throws a `MalformedPacket`. */
  next(): Buffer | undefined {
    const next = this.#arrived?.next();
    if (next?.done === false) return next.value;
    this.#arrived = undefined;
    if (this.#state === 'open') this.#channel.resume();
    return undefined;
  }

  /** Lets go of the channel; whatever still arrives is thrown away. */
  stop(): void {
    this.#arrived = undefined;
    this.#channel.off('data', this.#take).off('end', this.#end).off('close', this.#drop).off('error', this.#drop);
    this.#channel.resume();
  }

  readonly #take = (chunk: Buffer): void => {
    this.#channel.pause();
    this.#arrived = this.#assembler.push(chunk);
    this.#bell.ring();
  };

  readonly #end = (): void => {
    if (this.#state === 'open') this.#state = 'ended';
    this.#bell.ring();
  };

  readonly #drop = (): void => {
    // What arrived before an end is still to be answered, even when nobody hears the answers.
    if (this.#state === 'open') this.#state = 'dropped';
    this.#bell.ring();
  };
}
