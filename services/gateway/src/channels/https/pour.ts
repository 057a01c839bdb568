import type { Upload } from '@rosterport/staging';

/** Small pieces are gathered to writes of this size: a TLS record holds at most 16 KiB. */
const writeSize = 256 * 1024;

/** Writes a stream of bytes to an upload, one write after the other, so that the sender is held to the pace of the disk. */
export async function pour(bytes: AsyncIterable<Uint8Array>, upload: Upload): Promise<void> {
  let pieces: Uint8Array[] = [];
  let gathered = 0;
  let position = 0;
  const write = async (): Promise<void> => {
    const whole = Buffer.concat(pieces, gathered);
    pieces = [];
    gathered = 0;
    await upload.write(position, whole);
    position += whole.length;
  };
  for await (const piece of bytes) {
    pieces.push(piece);
    gathered += piece.length;
    if (gathered >= writeSize) await write();
  }
  if (gathered > 0) await write();
}
