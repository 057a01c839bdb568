import { MalformedPacket } from './malformed-packet.ts';
import { maxPacketBytes } from './packet-types.ts';

/**
 * Cuts a stream of bytes into packets (draft-ietf-secsh-filexfer-02 section 3: a 32-bit length, then that many bytes).
 * The packets are the same however the stream is cut into chunks. A packet that lies within one chunk is a view of it;
 * any other is copied once, into a buffer of its own size.
 */
export class PacketAssembler {
  readonly #header = Buffer.alloc(4);
  #headerBytes = 0;
  #packet: Buffer | undefined;
  #packetBytes = 0;

  /** True between packets: nothing begun is waiting for its rest. */
  get atBoundary(): boolean {
    return this.#packet === undefined && this.#headerBytes === 0;
  }

  /**
   * The packets that end in this chunk, without their length field. Throws a `MalformedPacket` for a length of 0 or
   * above the limit; the assembler is of no use after that. Must be run to its end before the next call.
   */
  *push(chunk: Buffer): Generator<Buffer, void, undefined> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#packet === undefined) {
        const taken = chunk.copy(this.#header, this.#headerBytes, at);
        this.#headerBytes += taken;
        at += taken;
        if (this.#headerBytes < 4) return;
        this.#headerBytes = 0;
        const length = lengthIn(this.#header);
        if (length <= chunk.length - at) {
          yield chunk.subarray(at, at + length);
          at += length;
          continue;
        }
        this.#packet = Buffer.allocUnsafeSlow(length);
        this.#packetBytes = 0;
      }
      const taken = chunk.copy(this.#packet, this.#packetBytes, at);
      this.#packetBytes += taken;
      at += taken;
      if (this.#packetBytes === this.#packet.length) {
        const packet = this.#packet;
        this.#packet = undefined;
        yield packet;
      }
    }
  }
}

function lengthIn(header: Buffer): number {
  const length = header.readUInt32BE(0);
  if (length === 0 || length > maxPacketBytes) {
    throw new MalformedPacket(`A packet says that it has ${length} bytes; 1 to ${maxPacketBytes} are allowed.`);
  }
  return length;
}
