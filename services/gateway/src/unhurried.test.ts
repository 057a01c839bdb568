import { expect, test } from '@jest/globals';
import { unhurried } from './unhurried.ts';

test('who is in no hurry goes with the next who is, with enough others, or after a moment', async () => {
  const calls: number[] = [];
  const work = unhurried((item: number) => {
    calls.push(item);
    return item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item * 10);
  });
  const results = [work(1, false), work(2, false)];
  expect(calls).toEqual([]);
  results.push(work(3, true));
  expect(calls).toEqual([1, 2, 3]);
  expect(await Promise.allSettled(results)).toMatchObject([{ value: 10 }, { reason: new Error('two') }, { value: 30 }]);

  const many = Array.from({ length: 40 }, (_, at) => work(100 + at, false));
  expect(calls).toHaveLength(3 + 32);
  expect(await Promise.all(many)).toHaveLength(40);
  expect(calls).toHaveLength(3 + 40);
});
