import { expect, test } from '@jest/globals';
import { isFinal, jobStates, jobTransitions, mayFollow } from './job.ts';

test('every state has its transitions, each to another state that exists', () => {
  expect(Object.keys(jobTransitions).sort()).toEqual([...jobStates].sort());
  for (const from of jobStates) {
    for (const to of jobTransitions[from]) expect(jobStates).toContain(to);
    expect(jobTransitions[from]).not.toContain(from);
    expect(new Set(jobTransitions[from]).size).toBe(jobTransitions[from].length);
  }
});

test('every state can be reached from staged, and every one can come to an end', () => {
  expect([...reachable('staged')].sort()).toEqual([...jobStates].sort());
  for (const state of jobStates) expect([...reachable(state)].some(isFinal)).toBe(true);
});

test('the final states are those in which nothing more happens', () => {
  expect(jobStates.filter(isFinal)).toEqual(['applied', 'previewed', 'rejected', 'discarded', 'superseded', 'failed']);
});

test.each([
  ['staged', 'processing', true],
  ['staged', 'applied', false],
  ['waiting', 'staged', true],
  ['waiting', 'processing', false],
  ['processing', 'staged', true],
  ['processing', 'held', true],
  ['processing', 'discarded', false],
  ['held', 'processing', true],
  ['held', 'applied', false],
  ['applied', 'staged', false],
  ['failed', 'staged', false],
] as const)('may %s become %s? %s', (from, to, may) => {
  expect(mayFollow(from, to)).toBe(may);
});

function reachable(from: (typeof jobStates)[number]): Set<(typeof jobStates)[number]> {
  const seen = new Set([from]);
  for (const state of seen) for (const next of jobTransitions[state]) seen.add(next);
  return seen;
}
