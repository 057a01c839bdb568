import { setImmediate as turn } from 'node:timers/promises';

/** How far a source has been read. */
interface Reading {
  readonly pieces: Buffer[];
  /** Of those pieces. */
  bytes: number;
  isWanted: boolean;
  isOver: boolean;
  /** Called when there is something new for whoever waits for it. */
  arrived: () => void;
  taken: () => void;
}

/**
 * The pieces of a source, up to about `mostBytes` of which are made ahead while whoever reads them is at something else. What the
 * source throws is thrown behind its last piece. Whoever stops early has the source stopped, and waits for it.
 */
export async function* buffered(source: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<Buffer> {
  const reading: Reading = { pieces: [], bytes: 0, isWanted: true, isOver: false, arrived: () => undefined, taken: () => undefined };
  const filling = fill(reading, source, mostBytes);
  // Told below, when all pieces before it are taken.
  filling.catch(() => undefined);
  try {
    for (;;) {
      const piece = reading.pieces.shift();
      if (piece !== undefined) {
        reading.bytes -= piece.length;
        reading.taken();
        yield piece;
      } else if (reading.isOver) break;
      else await new Promise<void>((resolve) => (reading.arrived = resolve));
    }
    await filling;
  } finally {
    reading.isWanted = false;
    reading.taken();
    await filling.catch(() => undefined);
  }
}

async function fill(reading: Reading, source: AsyncIterable<Buffer>, mostBytes: number): Promise<void> {
  try {
    for await (const piece of source) {
      reading.pieces.push(piece);
      reading.bytes += piece.length;
      reading.arrived();
      while (reading.isWanted && reading.bytes >= mostBytes) await new Promise<void>((resolve) => (reading.taken = resolve));
      if (!reading.isWanted) return;
      // So that sockets get their turn, however fast pieces are made.
      await turn();
    }
  } finally {
    reading.isOver = true;
    reading.arrived();
  }
}
