/** How many who wait go on at once when there is room again; each may ask for a packet, of 256 KiB at most. */
const batch = 16;

/** Bytes in hand of all sessions of a process. Whoever is about to take more asks first, and waits while there are too many. */
export class MemoryBudget {
  readonly #most: number;
  #used = 0;
  #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get used(): number {
    return this.#used;
  }

  take(bytes: number): void {
    this.#used += bytes;
  }

  /** Gives back what was taken. From three quarters on those who wait go on, in their order and a few at a time. */
  give(bytes: number): void {
    this.#used -= bytes;
    if (this.#waiting.length === 0 || this.#used > this.#most * 0.75) return;
    // Nobody gives anything back any more once nothing is used.
    for (const goOn of this.#waiting.splice(0, this.#used === 0 ? this.#waiting.length : batch)) goOn();
  }

  /** What to wait for before more is taken; nothing when there is room. */
  wait(): Promise<void> | undefined {
    if (this.#used < this.#most) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
