import type { Duplex } from 'node:stream';
import type { Connection, Submittable } from 'pg';

/** Is handed the bytes of a row, which lie in the view from `start` up to `end` and are only there until it returns. */
export type RowTaker = (view: DataView, start: number, end: number) => void;

type Listener = (bytes: Buffer) => void;

/** Types of messages (PostgreSQL documentation, Message Formats). */
const copyData = 0x64;
const copyOutResponse = 0x48;
const copyDone = 0x63;
const errorResponse = 0x45;

/** Type and length. */
const headBytes = 5;

/**
 * A `COPY … TO STDOUT` under way. The server sends a message for each row, which costs far more to read as a message of `pg` than
 * in its place: so the bytes are taken from the socket before `pg` sees them, the rows among them are handed over, and all else is
 * handed on. From the end of the data on, or an error, `pg` reads by itself again.
 */
export class CopyReading implements Submittable {
  /** Fulfils when the connection can be used again; rejects when it is lost, or the server says no. */
  readonly ended: Promise<void>;
  readonly #sql: string;
  readonly #take: RowTaker;
  #settle: (error: Error | null) => void = () => undefined;
  #stream: Duplex | null = null;
  /** What listened to the socket before. */
  #listener: Listener = () => undefined;
  /** The beginning of a message that is not whole, its length, and how much there must be before it is worth looking at again. */
  #rest: Buffer[] = [];
  #restBytes = 0;
  #wanted = headBytes;
  #thrown: { readonly error: unknown } | null = null;

  constructor(sql: string, take: RowTaker) {
    this.#sql = sql;
    this.#take = take;
    this.ended = new Promise((resolve, reject) => {
      this.#settle = (error) => {
        if (error === null) resolve();
        else reject(error);
      };
    });
  }

  /** What the taker threw; it is handed nothing more then. */
  get thrown(): { readonly error: unknown } | null {
    return this.#thrown;
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    const [listener] = stream.listeners('data') as Listener[];
    if (listener === undefined) throw new TypeError('Nobody reads from the connection.');
    this.#listener = listener;
    this.#stream = stream;
    stream.on('data', this.#read);
    stream.off('data', listener);
    (connection as unknown as { query(sql: string): void }).query(this.#sql);
  }

  /** When the connection is lost, or the server has said no. */
  handleError(error: Error): void {
    this.#settle(error);
  }

  /** Of no interest here. */
  handleCommandComplete(): void {
    return;
  }

  /** When the connection can be used again. */
  handleReadyForQuery(): void {
    this.#settle(null);
  }

  readonly #read = (chunk: Buffer): void => {
    this.#rest.push(chunk);
    this.#restBytes += chunk.length;
    if (this.#restBytes < this.#wanted) return;
    const bytes = this.#rest.length === 1 ? chunk : Buffer.concat(this.#rest);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    this.#wanted = headBytes;
    while (at + headBytes <= bytes.length) {
      const type = bytes[at];
      if (type === copyDone || type === errorResponse) return this.#handBack(bytes.subarray(at));
      const size = 1 + view.getInt32(at + 1);
      const end = at + size;
      if (end > bytes.length) {
        this.#wanted = size;
        break;
      }
      if (type === copyData) this.#hand(view, at + headBytes, end);
      else if (type !== copyOutResponse) this.#listener(bytes.subarray(at, end));
      at = end;
    }
    this.#rest = at < bytes.length ? [bytes.subarray(at)] : [];
    this.#restBytes = bytes.length - at;
  };

  #hand(view: DataView, start: number, end: number): void {
    if (this.#thrown !== null) return;
    try {
      this.#take(view, start, end);
    } catch (error) {
      this.#thrown = { error };
    }
  }

  #handBack(bytes: Buffer): void {
    this.#rest = [];
    this.#stream?.on('data', this.#listener);
    this.#stream?.off('data', this.#read);
    this.#stream = null;
    this.#listener(bytes);
  }
}
