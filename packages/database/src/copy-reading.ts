import type { Duplex } from 'node:stream';
import type { Connection, Submittable } from 'pg';

type Listener = (bytes: Buffer) => void;

/** Types of messages (PostgreSQL documentation, Message Formats). */
const copyData = 0x64;
const copyOutResponse = 0x48;
const copyDone = 0x63;
const errorResponse = 0x45;

/** Type and length. */
const headBytes = 5;
/** Shorter ones are moved sooner than a built-in is called. */
const shortBytes = 64;
/** So many pieces may wait for their reader; the server waits then. */
const mostPieces = 4;

/**
 * A `COPY … TO STDOUT` under way. The server sends a message for each row, which costs far more to read as a message than as
 * data: so the bytes are taken from the socket before `pg` sees them, what belongs to the data is moved together, and all else is
 * handed on. From the end of the data on, or an error, `pg` reads by itself again.
 */
export class CopyReading implements Submittable {
  readonly #sql: string;
  readonly #pieces: Buffer[] = [];
  #stream: Duplex | null = null;
  /** What listened to the socket before. */
  #listener: Listener = () => undefined;
  /** The beginning of a message whose head is not whole. */
  #rest: Buffer = Buffer.alloc(0);
  /** What is still to come of the message in hand. */
  #left = 0;
  #isWanted = true;
  #ended: { readonly error: Error | null } | null = null;
  #wake: () => void = () => undefined;

  constructor(sql: string) {
    this.#sql = sql;
  }

  /** The data, once. */
  async *pieces(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const piece = this.#pieces.shift();
        if (piece !== undefined) yield piece;
        else if (this.#ended !== null) break;
        else {
          this.#stream?.resume();
          await new Promise<void>((resolve) => (this.#wake = resolve));
        }
      }
      if (this.#ended.error !== null) throw this.#ended.error;
    } finally {
      this.#isWanted = false;
      this.#stream?.resume();
    }
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    const [listener] = stream.listeners('data') as Listener[];
    if (listener === undefined) throw new TypeError('Nobody reads from the connection.');
    this.#listener = listener;
    this.#stream = stream;
    stream.on('data', this.#take);
    stream.off('data', listener);
    (connection as unknown as { query(sql: string): void }).query(this.#sql);
  }

  /** When the connection is lost, or the server has said no. */
  handleError(error: Error): void {
    this.#end(error);
  }

  /** Of no interest here. */
  handleCommandComplete(): void {
    return;
  }

  /** When the connection can be used again. */
  handleReadyForQuery(): void {
    this.#end(null);
  }

  #end(error: Error | null): void {
    this.#ended ??= { error };
    this.#wake();
  }

  readonly #take = (chunk: Buffer): void => {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const length = this.#gather(bytes);
    if (length === 0 || !this.#isWanted) return;
    this.#pieces.push(bytes.subarray(0, length));
    if (this.#pieces.length >= mostPieces) this.#stream?.pause();
    this.#wake();
  };

  /** Moves the data to the beginning of the bytes, which are nobody else's, and returns how much it is. */
  #gather(bytes: Buffer): number {
    let to = 0;
    let at = 0;
    for (;;) {
      const part = Math.min(this.#left, bytes.length - at);
      if (part < shortBytes) for (let index = 0; index < part; index++) bytes[to + index] = bytes[at + index] ?? 0;
      else bytes.copyWithin(to, at, at + part);
      to += part;
      at += part;
      this.#left -= part;
      const isWhole = at + headBytes <= bytes.length;
      const type = bytes[at];
      if (isWhole && type === copyData) {
        this.#left = bytes.readInt32BE(at + 1) + 1 - headBytes;
        at += headBytes;
        continue;
      }
      this.#rest = bytes.subarray(at);
      if (!isWhole) return to;
      const size = bytes.readInt32BE(at + 1) + 1;
      if (type === copyDone || type === errorResponse) {
        this.#handBack(this.#rest);
        return to;
      }
      if (size > this.#rest.length) return to;
      if (type !== copyOutResponse) this.#listener(this.#rest.subarray(0, size));
      at += size;
    }
  }

  #handBack(bytes: Buffer): void {
    this.#rest = Buffer.alloc(0);
    this.#stream?.on('data', this.#listener);
    this.#stream?.off('data', this.#take);
    this.#listener(bytes);
    this.#stream?.resume();
    this.#stream = null;
  }
}
