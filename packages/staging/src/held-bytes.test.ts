import { expect, test } from '@jest/globals';
import { openHeldMemory } from './held-bytes.ts';
import { bytesOf, sha256 } from './test/work-folder.ts';

const turn = (): Promise<void> => new Promise(setImmediate);

/** A piece at its position, a new size, or a turn for others, in which what is there may be hashed. */
type Step = readonly [position: number, text: string] | number | 'turn';

test.each<{ what: string; steps: readonly Step[]; wanted: string }>([
  { what: 'nothing', steps: ['turn'], wanted: '' },
  { what: 'one piece', steps: [[0, 'abc'], 'turn'], wanted: 'abc' },
  { what: 'one piece in a hurry', steps: [[0, 'abc']], wanted: 'abc' },
  { what: 'pieces in order', steps: [[0, 'ab'], 'turn', [2, 'cd'], 'turn', [4, 'e']], wanted: 'abcde' },
  { what: 'a gap that is filled', steps: [[2, 'c'], 'turn', [0, 'ab'], 'turn'], wanted: 'abc' },
  { what: 'a gap that stays', steps: [[0, 'a'], 'turn', [3, 'd'], 'turn'], wanted: 'a\0\0d' },
  { what: 'a piece over another', steps: [[0, 'abcd'], 'turn', [1, 'xy'], 'turn', [4, 'e']], wanted: 'axyde' },
  { what: 'a piece over another, before it was hashed', steps: [[0, 'abcd'], [1, 'xy'], 'turn'], wanted: 'axyd' },
  { what: 'less', steps: [[0, 'abcd'], 'turn', 2, 'turn'], wanted: 'ab' },
  { what: 'less, then more', steps: [[0, 'abcd'], 'turn', 1, [1, 'z'], 'turn', 3], wanted: 'az\0' },
  { what: 'nothing, then all anew', steps: [[0, 'abcd'], 'turn', 0, 'turn', [0, 'xy'], 'turn'], wanted: 'xy' },
  { what: 'longer', steps: [[0, 'ab'], 'turn', 4, 'turn'], wanted: 'ab\0\0' },
])('bytes in memory have their hash: $what', async ({ steps, wanted }) => {
  const memory = openHeldMemory(64 * 1024);
  const before = memory.take()!;
  before.put(0, bytesOf('of another file'));
  before.free();
  const held = memory.take()!;
  expect(memory.take()).toBeUndefined();
  for (const step of steps) {
    if (step === 'turn') await turn();
    else expect(typeof step === 'number' ? held.cut(step) : held.put(step[0], bytesOf(step[1]))).toBe(true);
  }
  expect([held.put(64 * 1024, bytesOf('x')), held.cut(64 * 1024 + 1)]).toEqual([false, false]);
  expect(Buffer.from(held.bytes).toString()).toBe(wanted);
  expect(held.digest()).toBe(sha256(bytesOf(wanted)));
  held.free();
});
