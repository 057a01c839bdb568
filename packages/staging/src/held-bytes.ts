/** The bytes of a small file, held in memory until it is sealed or has grown. */
export interface HeldBytes {
  /** All of them, as they are now. */
  readonly bytes: Uint8Array;
  /** Takes bytes in, at any position; false, and nothing is changed, when they do not fit. */
  put(position: number, bytes: Uint8Array): boolean;
  /** Cuts or stretches them (with zeros); false, and nothing is changed, when that does not fit. */
  cut(size: number): boolean;
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
  return {
    take() {
      const memory = free.pop() ?? newPiece();
      return memory && heldBytes(memory, () => free.push(memory));
    },
  };
}

function heldBytes(memory: Uint8Array, free: () => void): HeldBytes {
  let size = 0;
  /** What is between the old end and the new one may be of another file. */
  const stretch = (to: number): void => {
    if (to > size) memory.fill(0, size, to);
  };
  return {
    get bytes() {
      return memory.subarray(0, size);
    },
    put(position, bytes) {
      const end = position + bytes.length;
      if (end > memory.length) return false;
      stretch(position);
      memory.set(bytes, position);
      size = Math.max(size, end);
      return true;
    },
    cut(to) {
      if (to > memory.length) return false;
      stretch(to);
      size = to;
      return true;
    },
    free,
  };
}
