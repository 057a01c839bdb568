import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KnownPeople } from './known-people.ts';

const seed = Uint32Array.of(1, 2, 3, 4);
/** Few words, so that hashes often begin alike or are the same. */
const hash = fc.tuple(fc.constantFrom(0, 7, 8, 15), fc.constantFrom(0, 1), fc.constant(0), fc.constantFrom(0, 2 ** 32 - 1)).map((words) => Uint32Array.from(words));
const keyOf = (words: Uint32Array): string => words.join(' ');

test('passes over each known record once, and says who was not passed over', () => {
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 12 }), fc.array(hash, { maxLength: 20 }), (hashes, asked) => {
      const known = new KnownPeople(hashes.length, seed);
      hashes.forEach((words, index) => { known.add(2 ** 40 + index, words); });
      const times = (words: Uint32Array, among: readonly Uint32Array[]): number => among.filter((one) => keyOf(one) === keyOf(words)).length;
      const answers = asked.map((words) => known.knows(words));
      expect(answers).toEqual(asked.map((words, at) => times(words, hashes) === 1 && times(words, asked.slice(0, at)) === 0));
      expect(known.hasSeenTwice).toBe(asked.some((words) => times(words, hashes) === 1 && times(words, asked) > 1));
      const left = hashes.flatMap((words, index) => (times(words, hashes) === 1 && times(words, asked) === 1 ? [] : [2 ** 40 + index]));
      expect([...known.left()]).toEqual(left);
    }),
  );
});

test('passes nobody over who was recalled, and everybody else again', () => {
  const hashes = [1, 2, 3].map((word) => Uint32Array.of(word, 0, 0, 0));
  const known = new KnownPeople(3, seed);
  hashes.forEach((words, index) => { known.add(index + 1, words); });
  const ask = (): boolean[] => hashes.map((words) => known.knows(words));
  expect(ask()).toEqual([true, true, true]);
  known.recall(new Set([2]));
  expect(ask()).toEqual([true, false, true]);
  expect([...known.left()]).toEqual([2]);
});
