/**
 * Wakes the one who waits. A session has one loop that waits and many things that may end its waiting; the loop looks
 * around again each time, so a ring too many does no harm. A ring while nobody waits is not lost.
 */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves at the next ring, or at once when there was one since the last wait. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        this.#rung = false;
        resolve();
      };
      if (this.#rung) this.#wake();
    });
  }
}
