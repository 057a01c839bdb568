import { expect, test } from '@jest/globals';
import { feedProblems, mergedPolicy } from '@rosterport/access';
import { defaultFeedPolicy, defaultGuardLimits } from '@rosterport/domain';
import { guardsText } from './feed-options.ts';
import { readGuard } from './guard-option.ts';

test.each([
  ['deactivations=10%,5', { deactivations: { share: 0.1, people: 5 } }],
  ['deactivations=0%,0', { deactivations: { share: 0, people: 0 } }],
  ['deactivations=off', { deactivations: null }],
  ['updates=75%', { updates: { share: 0.75 } }],
  ['updates=2.5%', { updates: { share: 0.025 } }],
  ['updates=7%', { updates: { share: 0.07 } }],
  ['emptiedColumns=off', { emptiedColumns: null }],
  ['swappedIds=off', { swappedIds: false }],
  ['missingLineEnd=on', { missingLineEnd: true }],
])('%s', (text, limits) => expect(readGuard(text)).toEqual(limits));

test.each(['', 'updates', 'updates=', 'updates=75', 'updates=0.75', 'updates=75%,5', 'deactivations=10%', 'deactivations=10%,x', 'swappedIds=10%', 'updates=on', 'birthdays=off', '__proto__=off'])(
  '%j is refused with the feed',
  (text) => {
    const policy = mergedPolicy(defaultFeedPolicy, { guards: readGuard(text) });
    expect(feedProblems({ name: 'a', source: 'a', mode: 'full', policy })).toEqual([{ field: expect.stringMatching(/^policy\.guards/), problem: expect.any(String) }]);
  },
);

test('what is shown can be typed again', () => {
  const typed = guardsText(defaultGuardLimits).reduce((before, text) => readGuard(text, before), {});
  expect(typed).toEqual(defaultGuardLimits);
});
