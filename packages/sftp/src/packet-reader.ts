import { MalformedPacket } from './malformed-packet.ts';
import { SftpError } from './sftp-error.ts';
import { decodePath, normalisePath } from './sftp-path.ts';

/**
 * Reads the fields of one packet in turn. Each read stays within the packet or throws a `MalformedPacket`; values that
 * are well formed but cannot be taken throw an `SftpError`. Bytes left over at the end are nobody's business: some
 * clients (rclone 1.60) send them.
 */
export class PacketReader {
  readonly #packet: Buffer;
  #at = 0;

  constructor(packet: Buffer) {
    this.#packet = packet;
  }

  u8(): number {
    return this.#packet.readUInt8(this.#advance(1));
  }

  u32(): number {
    return this.#packet.readUInt32BE(this.#advance(4));
  }

  /** A 64-bit number that a JavaScript number holds exactly; a larger one is refused. */
  u64(): number {
    const at = this.#advance(8);
    const high = this.#packet.readUInt32BE(at);
    if (high > 0x1fffff) throw new SftpError('failure', 'The offset or size is beyond 2^53.');
    return high * 0x100000000 + this.#packet.readUInt32BE(at + 4);
  }

  /** A string as a view of the packet, not a copy. */
  bytes(): Buffer {
    const length = this.u32();
    const at = this.#advance(length);
    return this.#packet.subarray(at, at + length);
  }

  /** A string in which any byte may stand, one character a byte. */
  latin1(): string {
    return this.bytes().toString('latin1');
  }

  /** A path as the client wrote it. */
  rawPath(): string {
    return decodePath(this.bytes());
  }

  /** A path, absolute and regular. */
  path(): string {
    return normalisePath(this.rawPath());
  }

  #advance(length: number): number {
    const at = this.#at;
    if (length > this.#packet.length - at) {
      throw new MalformedPacket(`A field of ${length} bytes runs past the end of its packet of ${this.#packet.length}.`);
    }
    this.#at = at + length;
    return at;
  }
}
