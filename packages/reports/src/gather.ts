const pieceLength = 16_384;

/**
 * Joins small texts into pieces of about 16,000 characters, so that a stream is not fed line by line. Holds one piece at a
 * time, and asks for more only when it is asked itself.
 */
export async function* gather(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
