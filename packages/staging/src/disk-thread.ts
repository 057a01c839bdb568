import { Worker } from 'node:worker_threads';

interface Call<Request, Answer> {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** What the thread answers to one request. */
interface Result<Answer> {
  readonly value?: Answer;
  readonly error?: { readonly message: string; readonly code?: string };
}

/** What it answers to some that it took together. */
interface Results<Answer> {
  readonly results: readonly Result<Answer>[];
  readonly tookMs: number;
}

/** So many requests at most go to the thread together; those behind them wait for all of them. */
const mostTogether = 64;

/**
 * A thread that works on the disk, for requests of one kind. It begins with the first request. What is asked while it works
 * goes to it together, once it is done. When it breaks, what it had in hand fails, and the next request begins another one.
 */
export class DiskThread<Request, Answer> {
  readonly #kind: 'sealings' | 'movings';
  readonly #onTook: (ms: number) => void;
  #worker: Worker | undefined;
  #waiting: Call<Request, Answer>[] = [];
  #inHand: readonly Call<Request, Answer>[] = [];
  #isIdle: Promise<void> = Promise.resolve();
  #becameIdle: () => void = () => undefined;

  /** `onTook` is told how long the thread has worked on some requests, before they resolve. */
  constructor(kind: 'sealings' | 'movings', onTook: (ms: number) => void = () => undefined) {
    this.#kind = kind;
    this.#onTook = onTook;
  }

  /** Fails with the error of the disk, its code included. */
  call(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      if (this.#inHand.length === 0) this.#hand();
    });
  }

  /** Ends the thread once it has nothing in hand. */
  async close(): Promise<void> {
    await this.#isIdle;
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #hand(): void {
    if (this.#inHand.length === 0) this.#isIdle = new Promise((resolve) => (this.#becameIdle = resolve));
    this.#inHand = this.#waiting.splice(0, mostTogether);
    this.#worker ??= this.#begin();
    this.#worker.ref();
    this.#worker.postMessage({ [this.#kind]: this.#inHand.map(({ request }) => request) });
  }

  #begin(): Worker {
    // The files that it closes were opened here.
    const worker = new Worker(new URL('../worker/disk.mjs', import.meta.url), { trackUnmanagedFds: false });
    const broken = (error: unknown): void => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#done(({ reject }) => reject(new Error('the thread that works on the disk has ended', { cause: error })));
    };
    worker.on('message', ({ results, tookMs }: Results<Answer>) => {
      this.#onTook(tookMs);
      this.#done((call, at) => settle(call, results[at]));
    });
    worker.on('error', broken).on('exit', broken);
    return worker;
  }

  #done(settleOne: (call: Call<Request, Answer>, at: number) => void): void {
    const done = this.#inHand;
    this.#inHand = [];
    done.forEach(settleOne);
    if (this.#waiting.length > 0) return this.#hand();
    this.#worker?.unref();
    this.#becameIdle();
  }
}

function settle<Answer>({ resolve, reject }: Call<unknown, Answer>, result: Result<Answer> = {}): void {
  const { value, error } = result;
  if (error === undefined) resolve(value as Answer);
  else reject(Object.assign(new Error(error.message), { code: error.code }));
}
