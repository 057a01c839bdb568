import { Failure } from '@rosterport/domain';
import type { Logger } from './logger.ts';

/** Something that is opened once and closed once. */
export interface Part<Opened> {
  readonly open: () => Promise<Opened> | Opened;
  readonly close: (opened: Opened) => Promise<unknown> | undefined;
}

interface Closing {
  readonly name: string;
  readonly close: () => Promise<unknown> | undefined;
}

/** The parts of a process: opened in order, closed in reverse. Signals are the caller's business. */
export class Lifecycle {
  readonly #log: Logger;
  readonly #closeWithinMs: number;
  readonly #opened: Closing[] = [];
  readonly #opening = new Set<Promise<unknown>>();
  #closed: Promise<boolean> | undefined;

  /** `closeWithinMs` is what each part has to close, in milliseconds; 10,000 unless told. */
  constructor(options: { readonly log: Logger; readonly closeWithinMs?: number }) {
    this.#log = options.log;
    this.#closeWithinMs = options.closeWithinMs ?? 10_000;
  }

  /**
   * Opens a part and takes charge of closing it. What `open` throws is thrown on; the parts before it stay open until
   * `closeAll`. Fails with `stopping` once `closeAll` was called; a part that was just opening is closed again.
   */
  async add<Opened>(name: string, part: Part<Opened>): Promise<Opened> {
    if (this.#closed !== undefined) throw new Failure('stopping');
    const opening = this.#open(name, part);
    const settled = opening.catch(() => undefined);
    this.#opening.add(settled);
    try {
      return await opening;
    } finally {
      this.#opening.delete(settled);
    }
  }

  async #open<Opened>(name: string, part: Part<Opened>): Promise<Opened> {
    const opened = await part.open();
    const closing = { name, close: () => part.close(opened) };
    if (this.#isClosing()) {
      await this.#close(closing);
      throw new Failure('stopping');
    }
    this.#opened.push(closing);
    return opened;
  }

  #isClosing(): boolean {
    return this.#closed !== undefined;
  }

  /**
   * Closes every part, the last one first. A part that fails or takes too long is logged, and the next one is closed all
   * the same. Resolves with true when all closed well. Further calls give the same promise.
   */
  closeAll(): Promise<boolean> {
    this.#closed ??= this.#closeEach();
    return this.#closed;
  }

  async #closeEach(): Promise<boolean> {
    if (this.#opening.size > 0) {
      await this.#close({ name: 'what is being opened', close: () => Promise.all(this.#opening) });
    }
    let well = true;
    for (let part = this.#opened.pop(); part !== undefined; part = this.#opened.pop()) {
      well = (await this.#close(part)) && well;
    }
    return well;
  }

  async #close(part: Closing): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not closed after ${this.#closeWithinMs} ms`)), this.#closeWithinMs);
    });
    try {
      await Promise.race([part.close(), late]);
      return true;
    } catch (error) {
      this.#log.error('A part did not close', { part: part.name, error });
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
