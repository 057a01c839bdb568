import type { Duplex } from 'node:stream';
import type { Bell } from './bell.ts';
import { PacketAssembler } from './packet-assembler.ts';

/** With so many bytes that nobody has taken the channel is asked to stop. */
const mostWaiting = 64 * 1024;

/**
 * The packets that arrive on a channel, taken one by one. The channel is read until 64 KiB have not been taken, so that what
 * is kept here is never more than those, one of its chunks and one packet. Who asks for one thing at a time is never
 * stopped: to pause a stream and to let it flow again costs more than a small packet.
 */
export class IncomingPackets {
  readonly #channel: Duplex;
  readonly #bell: Bell;
  readonly #assembler = new PacketAssembler();
  #arrived: Generator<Buffer, void, undefined> | undefined;
  readonly #chunks: Buffer[] = [];
  #waiting = 0;
  #isPaused = true;
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
    const isTaken = this.#arrived === undefined && this.#chunks.length === 0;
    return isTaken || this.#state === 'dropped' ? this.#state : 'open';
  }

  /** True when the bytes so far make whole packets. */
  get atBoundary(): boolean {
    return this.#assembler.atBoundary;
  }

  /** The next packet, if one is here; else asks for more and rings when there is. Throws a `MalformedPacket`. */
  next(): Buffer | undefined {
    do {
      const next = this.#arrived?.next();
      if (next?.done === false) return next.value;
    } while (this.#begin());
    if (this.#isPaused && this.#state === 'open') {
      this.#isPaused = false;
      this.#channel.resume();
    }
    return undefined;
  }

  /** Goes on with the next chunk; false when none is here. */
  #begin(): boolean {
    const chunk = this.#chunks.shift();
    this.#arrived = chunk && this.#assembler.push(chunk);
    this.#waiting -= chunk?.length ?? 0;
    return chunk !== undefined;
  }

  /** Lets go of the channel; whatever still arrives is thrown away. */
  stop(): void {
    this.#arrived = undefined;
    this.#chunks.length = 0;
    this.#channel.off('data', this.#take).off('end', this.#end).off('close', this.#drop).off('error', this.#drop);
    this.#channel.resume();
  }

  readonly #take = (chunk: Buffer): void => {
    this.#chunks.push(chunk);
    this.#waiting += chunk.length;
    if (this.#waiting > mostWaiting && !this.#isPaused) {
      this.#isPaused = true;
      this.#channel.pause();
    }
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
