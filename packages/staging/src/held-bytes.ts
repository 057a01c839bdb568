import { hashAhead, type HashAhead } from './hash-ahead.ts';

/** The bytes of a small file, held in memory until it is sealed or has grown. */
export interface HeldBytes {
  /** All of them, as they are now. */
  readonly bytes: Uint8Array;
  /** Takes bytes in, at any position; false, and nothing is changed, when they do not fit. */
  put(position: number, bytes: Uint8Array): boolean;
  /** Cuts or stretches them (with zeros); false, and nothing is changed, when that does not fit. */
  cut(size: number): boolean;
  /** Their SHA-256, in hexadecimal. Called at most once, and nothing but `free` afterwards. */
  digest(): string;
  /** Gives the memory back; called once, and nothing is called afterwards. */
  free(): void;
}

/** Memory for small files. */
export interface HeldMemory {
  /** Memory for one more file; none when all is taken. */
  take(): HeldBytes | undefined;
}

/** Where a file ends to be small. */
const smallBytes = 64 * 1024;

/** Opens memory of at most so many bytes, which other threads read without a copy. It is taken from the system as it is used. */
export function openHeldMemory(mostBytes: number): HeldMemory {
  const free: Uint8Array[] = [];
  let made = 0;
  const newPiece = (): Uint8Array | undefined => {
    if ((made + 1) * smallBytes > mostBytes) return undefined;
    made += 1;
    return new Uint8Array(new SharedArrayBuffer(smallBytes));
  };
  const giveBack = (memory: Uint8Array): void => void free.push(memory);
  return {
    take() {
      const memory = free.pop() ?? newPiece();
      return memory && new HeldFile(memory, giveBack);
    },
  };
}

class HeldFile implements HeldBytes {
  readonly #memory: Uint8Array;
  readonly #giveBack: (memory: Uint8Array) => void;
  readonly #hash: HashAhead = hashAhead(() => this.bytes);
  #size = 0;

  constructor(memory: Uint8Array, giveBack: (memory: Uint8Array) => void) {
    this.#memory = memory;
    this.#giveBack = giveBack;
  }

  get bytes(): Uint8Array {
    return this.#memory.subarray(0, this.#size);
  }

  put(position: number, bytes: Uint8Array): boolean {
    const end = position + bytes.length;
    if (end > this.#memory.length) return false;
    this.#stretch(position);
    this.#memory.set(bytes, position);
    this.#hash.changed(Math.min(position, this.#size));
    this.#size = Math.max(this.#size, end);
    return true;
  }

  cut(size: number): boolean {
    if (size > this.#memory.length) return false;
    this.#stretch(size);
    this.#hash.changed(Math.min(size, this.#size));
    this.#size = size;
    return true;
  }

  digest(): string {
    return this.#hash.digest();
  }

  free(): void {
    this.#hash.stop();
    this.#giveBack(this.#memory);
  }

  /** What is between the old end and the new one may be of another file. */
  #stretch(to: number): void {
    if (to > this.#size) this.#memory.fill(0, this.#size, to);
  }
}
