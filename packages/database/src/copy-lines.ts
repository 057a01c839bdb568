/** A piece is given to the socket when it is about as large. */
const pieceBytes = 65_536;

/**
 * The lines of batches as pieces of COPY data. Each line is encoded by itself, since a long text of many, in which a single
 * letter is not Latin, takes twice the memory and half as long again.
 */
export async function* copyLines<Item>(batches: AsyncIterable<readonly Item[]>, line: (item: Item) => string): AsyncGenerator<Buffer> {
  let piece = Buffer.allocUnsafe(pieceBytes);
  let length = 0;
  for await (const batch of batches) {
    for (const item of batch) {
      const text = line(item);
      const most = text.length * 3;
      if (length + most > piece.length) {
        if (length > 0) yield piece.subarray(0, length);
        piece = Buffer.allocUnsafe(Math.max(pieceBytes, most));
        length = 0;
      }
      length += piece.write(text, length);
    }
  }
  if (length > 0) yield piece.subarray(0, length);
}
