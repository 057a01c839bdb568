import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { bytesOf } from '../byte-source.ts';
import { defaultLimits } from '../limits.ts';
import type { Scratch } from '../scratch.ts';
import { readWhole } from '../testing/read-whole.ts';
import { usersHeader, workbookOf } from '../testing/workbook-of.ts';
import { TextStore } from './text-store.ts';

/** A scratch in memory that tells how many of its files are open. */
function memoryScratch(): Scratch & { open: Scratch['open']; count: { opened: number; closed: number } } {
  const count = { opened: 0, closed: 0 };
  return {
    count,
    open: () => {
      count.opened++;
      const parts: Uint8Array[] = [];
      return Promise.resolve({
        append: (bytes) => {
          parts.push(Uint8Array.from(bytes));
          return Promise.resolve();
        },
        read: (position, length) => bytesOf(Buffer.concat(parts)).read(position, length),
        close: () => {
          count.closed++;
          return Promise.resolve();
        },
      });
    },
  };
}

async function add(store: TextStore, text: string): Promise<void> {
  store.appendText(text);
  store.keep();
  await store.settle();
}

describe('a store of texts', () => {
  test('gives back every text, in memory or from the scratch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 60 }), fc.integer({ min: 1, max: 200 }), async (texts, bytes) => {
        const scratch = memoryScratch();
        const store = new TextStore({ limits: { ...defaultLimits, maxSharedStringBytes: bytes }, scratch });
        for (const text of texts) await add(store, text);
        const read = [];
        for (const index of texts.keys()) read.push(await store.text(index));
        expect(read).toEqual(texts);
        expect(store.text(texts.length)).toBeNull();
        await store.close();
        expect(scratch.count.closed).toBe(scratch.count.opened);
      }),
    );
  });

  test('reads texts across pages and beyond those it keeps', async () => {
    const scratch = memoryScratch();
    const store = new TextStore({ limits: { ...defaultLimits, maxSharedStringBytes: 500_000 }, scratch });
    const texts = Array.from({ length: 700 }, (_, index) => `${index}`.repeat(20_000));
    for (const text of texts) await add(store, text);
    for (const index of [699, 0, 350, 1, 698]) expect(await store.text(index)).toBe(texts[index]);
    await store.close();
    expect(scratch.count).toEqual({ opened: 1, closed: 1 });
  });

  test('a workbook whose texts go to the scratch is read alike', async () => {
    const scratch = memoryScratch();
    const strings = Array.from({ length: 3000 }, (_, index) => `<si><t>text ${index}</t></si>`).join('');
    const rows = Array.from({ length: 3000 }, (_, index) => `<row><c t="s"><v>${2999 - index}</v></c></row>`).join('');
    const file = workbookOf({ sheets: { Users: usersHeader + rows }, strings });
    const spilled = await readWhole(file, { limits: { maxSharedStringBytes: 4000 }, scratch });
    expect(spilled).toEqual(await readWhole(file));
    expect(spilled.rows).toHaveLength(3000);
    expect(scratch.count.opened).toBeGreaterThan(0);
    expect(scratch.count.closed).toBe(scratch.count.opened);
  });
});
