import type { Socket } from 'node:net';
import type { MemoryBudget } from '../../limits/memory-budget.ts';

/** Bytes of replies on the socket above which a session asks for nothing more; ssh2 takes them without a bound. */
const mostUnsent = 1024 * 1024;

/** What a session waits for before it takes another request: that its replies leave, and that there is room in memory. */
export class HoldBack {
  readonly #socket: Socket;
  readonly #budget: MemoryBudget;
  #isHeld = false;

  constructor(socket: Socket, budget: MemoryBudget) {
    this.#socket = socket;
    this.#budget = budget;
  }

  /** True while the session waits for what other sessions do. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** What to wait for; nothing when the session may go on. */
  room(): Promise<void> | undefined {
    if (this.#socket.writableLength > mostUnsent) return drained(this.#socket);
    const wait = this.#budget.wait();
    if (wait === undefined) return undefined;
    this.#isHeld = true;
    // Nothing is read meanwhile, so that it does not pile up in the channel.
    this.#socket.pause();
    return wait.then(() => {
      this.#isHeld = false;
      this.#socket.resume();
    });
  }
}

/** Resolves when the socket has taken what waits for it, or is gone. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
