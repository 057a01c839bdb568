import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KnownPeople } from './known-people.ts';

const seed = Uint32Array.of(1, 2, 3, 4);
/** Few words, so that hashes often begin alike or are the same. */
const hash = fc.tuple(fc.constantFrom(0, 7, 8, 15), fc.constantFrom(0, 1), fc.constant(0), fc.constantFrom(0, 2 ** 32 - 1)).map((words) => Uint32Array.from(words));
const keyOf = (words: Uint32Array): string => words.join(' ');

test('passes over each known record once, and says who was not passed over', () => {
  fc.assert(
    fc.property(fc.array(fc.option(hash, { freq: 6 }), { maxLength: 12 }), fc.array(hash, { maxLength: 20 }), (hashes, asked) => {
      const known = new KnownPeople(seed);
      hashes.forEach((words, index) => { known.add(2 ** 40 + index, words); });
      const times = (words: Uint32Array, among: readonly (Uint32Array | null)[]): number =>
        among.filter((one) => one !== null && keyOf(one) === keyOf(words)).length;
      const answers = asked.map((words) => known.knows(words));
      expect(answers).toEqual(asked.map((words, at) => times(words, hashes) === 1 && times(words, asked.slice(0, at)) === 0));
      expect(known.hasSeenTwice).toBe(asked.some((words) => times(words, hashes) === 1 && times(words, asked) > 1));
      const left = hashes.flatMap((words, index) => (words !== null && times(words, hashes) === 1 && times(words, asked) === 1 ? [] : [2 ** 40 + index]));
      expect([...known.left()]).toEqual(left);
    }),
  );
});

test('passes nobody over who was recalled, and everybody else again', () => {
  const hashes = [1, 2, 3].map((word) => Uint32Array.of(word, 0, 0, 0));
  const known = new KnownPeople(seed);
  hashes.forEach((words, index) => { known.add(index + 1, words); });
  const ask = (): boolean[] => hashes.map((words) => known.knows(words));
  expect(ask()).toEqual([true, true, true]);
  known.recall(new Set([2]));
  expect(ask()).toEqual([true, false, true]);
  expect([...known.left()]).toEqual([2]);
});

test('knows people beyond the first block', () => {
  const most = 70_000;
  const known = new KnownPeople(seed);
  const hashOf = (person: number): Uint32Array => Uint32Array.of(Math.imul(person, 2_654_435_761), 0, 0, 0);
  for (let person = 0; person < most; person++) known.add(person, person % 2 === 0 ? hashOf(person) : null);
  expect(known.size).toBe(most);
  const asked = Array.from({ length: most }, (_, person) => known.knows(hashOf(person)));
  expect(asked.filter(Boolean)).toHaveLength(most / 2);
  expect([...known.left()].every((person) => person % 2 === 1)).toBe(true);
});
