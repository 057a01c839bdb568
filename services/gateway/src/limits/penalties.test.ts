import { describe, expect, test } from '@jest/globals';
import { Penalties } from './penalties.ts';

const minute = 60_000;
const day = 86_400_000;
const rules = { points: 30, banMs: 10 * minute, longestBanMs: 60 * minute, sources: 3 };

describe('points', () => {
  test.each([
    ['that come at once ban from the threshold on', [[0, 10], [0, 10], [0, 10]], 2],
    ['below it do not', [[0, 10], [0, 10], [0, 9]], null],
    ['are forgotten, one a second', [[0, 10], [5_000, 10], [10_000, 10], [15_000, 10]], null],
    ['come back as far as they are not forgotten', [[0, 10], [5_000, 10], [10_000, 10], [15_000, 10], [15_000, 5]], 4],
    ['a clock that stands still forgets none', [[0, 29], [0, 1]], 1],
  ])('%s', (_story, steps, banAt) => {
    const penalties = new Penalties(rules);
    const bans = steps.map(([at = 0, points = 0]) => penalties.add('a', points, at));
    expect(bans.findIndex((ban) => ban !== null)).toBe(banAt ?? -1);
    expect(penalties.isBanned('b', 0)).toBe(false);
  });

  test('of many sources are kept for the last ones only', () => {
    const penalties = new Penalties(rules);
    penalties.add('a', 29, 0);
    for (let other = 0; other < 1_000; other += 1) penalties.add(`source ${other}`, 29, 0);
    expect(penalties.size).toBe(3);
    expect(penalties.add('a', 29, 0)).toBeNull();
    expect(penalties.add('source 999', 1, 0)).not.toBeNull();
  });
});

describe('a ban', () => {
  test('ends by itself, and what is done meanwhile adds nothing', () => {
    const penalties = new Penalties(rules);
    expect(penalties.add('a', 30, 0)).toEqual({ source: 'a', times: 1, leftMs: 10 * minute });
    expect(penalties.add('a', 1_000, 1)).toBeNull();
    expect([penalties.isBanned('a', 10 * minute - 1), penalties.isBanned('a', 10 * minute)]).toEqual([true, false]);
    expect(penalties.add('a', 29, 10 * minute)).toBeNull();
  });

  test('lasts twice as long as the last one within a day, up to the longest, and then begins anew', () => {
    const penalties = new Penalties(rules);
    let now = 0;
    const lengths = [0, 1, 1, 1, 1, day].map((pause) => {
      now += pause;
      const ban = penalties.add('a', 30, now);
      now += ban!.leftMs;
      return ban!.leftMs / minute;
    });
    expect(lengths).toEqual([10, 20, 40, 60, 60, 10]);
  });

  test('of many sources is kept for the last ones only', () => {
    const penalties = new Penalties(rules);
    for (let source = 0; source < 1_000; source += 1) penalties.add(`source ${source}`, 30, 0);
    expect([penalties.banned(1), penalties.size]).toEqual([3, 3]);
  });
});

describe('what other processes know', () => {
  test('bans here too, for as long as it has left, and counts as one before', () => {
    const penalties = new Penalties(rules);
    penalties.learn([{ source: 'a', times: 2, leftMs: minute }, { source: 'b', times: 1, leftMs: -1 }], 0, 0);
    expect([penalties.isBanned('a', 1), penalties.isBanned('a', minute), penalties.isBanned('b', 0)]).toEqual([true, false, false]);
    expect(penalties.add('a', 30, minute)).toMatchObject({ times: 3 });
  });

  test('lifts a ban that all knew and none knows any more', () => {
    const penalties = new Penalties(rules);
    penalties.learn([{ source: 'a', times: 1, leftMs: minute }], 0, 0);
    penalties.learn([], 1, 1);
    expect(penalties.isBanned('a', 1)).toBe(false);
  });

  test('does not lift one that was not shared when they were asked', () => {
    const penalties = new Penalties(rules);
    penalties.add('a', 30, 0);
    penalties.learn([], 1, 2);
    expect(penalties.isBanned('a', 2)).toBe(true);
    penalties.shared('a', 3);
    penalties.learn([], 3, 4);
    expect(penalties.isBanned('a', 4)).toBe(true);
    penalties.learn([], 5, 6);
    expect(penalties.isBanned('a', 6)).toBe(false);
  });
});
