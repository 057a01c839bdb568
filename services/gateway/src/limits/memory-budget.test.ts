import { expect, test } from '@jest/globals';
import { MemoryBudget } from './memory-budget.ts';

test('whoever comes while too much is in hand waits until enough is given back', async () => {
  const budget = new MemoryBudget(100);
  budget.take(99);
  expect(budget.wait()).toBeUndefined();
  budget.take(21);
  const order: number[] = [];
  const all = Array.from({ length: 40 }, (_, index) => (budget.wait() ?? Promise.reject(new Error('there was room'))).then(() => order.push(index)));
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  budget.give(44);
  await settle();
  expect(order).toEqual([]);
  budget.give(1);
  await settle();
  expect(order).toEqual(Array.from({ length: 16 }, (_, index) => index));
  expect(budget.wait()).toBeUndefined();
  budget.give(75);
  await Promise.all(all);
  expect([order.length, budget.used]).toEqual([40, 0]);
});
