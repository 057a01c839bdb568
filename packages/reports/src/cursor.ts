/** A reader of a stream that can look at the next value without taking it. */
export interface Cursor<Value> {
  /** The next value; `undefined` at the end. */
  readonly head: Value | undefined;
  /** Takes the next value. */
  advance(): Promise<void>;
  /** Ends the stream early; harmless at its end. */
  close(): Promise<void>;
}

/** A cursor that stands on the first value of the stream. */
export async function openCursor<Value>(stream: AsyncIterable<Value>): Promise<Cursor<Value>> {
  const iterator = stream[Symbol.asyncIterator]();
  let head: Value | undefined;
  const advance = async (): Promise<void> => {
    const next = await iterator.next();
    head = next.done === true ? undefined : next.value;
  };
  await advance();
  return {
    get head() {
      return head;
    },
    advance,
    close: async () => {
      await iterator.return?.();
    },
  };
}
