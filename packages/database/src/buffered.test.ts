import { describe, expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { buffered } from './buffered.ts';

const piece = (number: number): Buffer => Buffer.from(`piece ${number}\n`);

/** A source that counts what was asked of it, and may fail. */
function source(pieces: number, fault?: Error): { readonly made: () => number; readonly isStopped: () => boolean; readonly read: AsyncGenerator<Buffer> } {
  let made = 0;
  let stopped = false;
  async function* read(): AsyncGenerator<Buffer> {
    try {
      while (made < pieces) {
        await Promise.resolve();
        made += 1;
        yield piece(made);
      }
      if (fault !== undefined) throw fault;
    } finally {
      stopped = true;
    }
  }
  return { made: () => made, isStopped: () => stopped, read: read() };
}

async function readAll(pieces: AsyncIterable<Buffer>): Promise<string> {
  const read: Buffer[] = [];
  for await (const one of pieces) read.push(one);
  return Buffer.concat(read).toString();
}

describe('pieces that are made ahead', () => {
  test.each([
    [0, 1],
    [1, 1],
    [20, 1],
    [20, 30],
    [20, 1_000_000],
  ])('%i of them come whole and in order, up to %i bytes of them ahead', async (pieces, mostBytes) => {
    const all = Array.from({ length: pieces }, (_, index) => piece(index + 1).toString()).join('');
    expect(await readAll(buffered(source(pieces).read, mostBytes))).toBe(all);
  });

  test('are made while nobody asks, and no more than there may be', async () => {
    const { made, read } = source(100);
    const pieces = buffered(read, 4 * piece(1).length);
    await pieces.next();
    // One was taken.
    while (made() < 5) await turn();
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(made()).toBe(5);
    await pieces.return(undefined);
  });

  test('come before the error of their source', async () => {
    const fault = new Error('the file is cut off');
    const pieces = buffered(source(2, fault).read, 1_000);
    expect([await pieces.next(), await pieces.next()]).toEqual([1, 2].map((number) => ({ done: false, value: piece(number) })));
    await expect(pieces.next()).rejects.toBe(fault);
  });

  test('stop with whoever reads them', async () => {
    const { isStopped, read } = source(Infinity);
    const pieces = buffered(read, 40);
    await pieces.next();
    await pieces.return(undefined);
    expect(isStopped()).toBe(true);
  });
});
