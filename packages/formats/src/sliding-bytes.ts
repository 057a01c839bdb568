import type { ByteSource, ChunkOptions } from './byte-source.ts';

/** Large enough that waiting for a piece costs little beside working on it. */
const pieceBytes = 1024 * 1024;
/** In front of a piece there is room for what is left of the one before, unless that is longer. */
const roomBytes = 64 * 1024;

/**
 * Slides over the bytes of a source: what is left of a piece, and the next one behind it, which is read while the one before is
 * worked on. Two pieces of memory are used in turns for all of it.
 */
export class SlidingBytes {
  readonly #source: ByteSource;
  readonly #pieceBytes: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #offset: number;
  /** Where the next piece begins. */
  #position: number;
  #next: Promise<Uint8Array> | null = null;
  /** That of the next piece, and that of the one before. */
  #memory: [Uint8Array | null, Uint8Array | null] = [null, null];

  constructor(source: ByteSource, { chunkBytes = pieceBytes, from = 0 }: ChunkOptions = {}) {
    this.#source = source;
    this.#pieceBytes = chunkBytes;
    this.#offset = from;
    this.#position = from;
  }

  /** The bytes at hand; they are there until it slides on. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Position of the first of them in the source. */
  get offset(): number {
    return this.#offset;
  }

  /** Lets go of so many bytes at the beginning and adds a piece behind the others. False at the end of the source, where nothing is done. */
  async slide(done: number): Promise<boolean> {
    const piece = await (this.#next ?? this.#read());
    if (piece.length === 0) return false;
    const [memory] = this.#memory;
    this.#bytes = behind(this.#bytes.subarray(done), piece, memory);
    this.#offset += done;
    this.#position += piece.length;
    this.#memory.reverse();
    this.#next = this.#read();
    // Whoever slides on is told.
    this.#next.catch(() => undefined);
    return true;
  }

  #read(): Promise<Uint8Array> {
    const length = Math.min(this.#pieceBytes, this.#source.size - this.#position);
    if (length <= 0) return Promise.resolve(new Uint8Array(0));
    const room = this.#source.size > this.#pieceBytes ? roomBytes : 0;
    const memory = (this.#memory[0] ??= new Uint8Array(room + length));
    return this.#source.read(this.#position, length, memory.subarray(memory.length - length));
  }
}

/** Both as one: in the memory of the piece, where it lies in that and there is room in front of it. */
function behind(rest: Uint8Array, piece: Uint8Array, memory: Uint8Array | null): Uint8Array {
  if (rest.length === 0) return piece;
  const room = memory !== null && piece.buffer === memory.buffer ? piece.byteOffset - memory.byteOffset : 0;
  if (memory === null || room < rest.length) return Buffer.concat([rest, piece]);
  memory.set(rest, room - rest.length);
  return memory.subarray(room - rest.length, room + piece.length);
}
