import { expect, test } from '@jest/globals';
import type { BigIntStats } from 'node:fs';
import type { FoundFile } from './drop-arrival.ts';
import { settling } from './settling.ts';

function file(path: string, size: bigint, mtimeNs = 1n): FoundFile {
  const stats = { dev: 1n, ino: 1n, size, mtimeNs } as BigIntStats;
  return { account: 'acme', folder: '/', fileName: path, path, stats };
}

test('a file settles when size and time of writing stay, and begins anew when either changes', () => {
  let now = 0;
  const settled = settling(1000, () => now);
  const at = (moment: number, found: FoundFile): boolean => {
    now = moment;
    return settled.of([found]).length === 1;
  };
  expect(settled.nextMs()).toBeUndefined();
  expect(at(0, file('a', 1n))).toBe(false);
  expect(at(900, file('a', 1n))).toBe(false);
  expect(settled.nextMs()).toBe(100);
  expect(at(1000, file('a', 1n))).toBe(true);
  expect(at(1100, file('a', 2n))).toBe(false);
  expect(at(2000, file('a', 2n, 2n))).toBe(false);
  expect(at(2999, file('a', 2n, 2n))).toBe(false);
  expect(at(3000, file('a', 2n, 2n))).toBe(true);
  settled.defer(file('a', 2n, 2n), 500);
  expect(at(3400, file('a', 2n, 2n))).toBe(false);
  expect(at(3500, file('a', 2n, 2n))).toBe(true);
});

test('a file that went away is forgotten', () => {
  let now = 0;
  const settled = settling(1000, () => now);
  settled.of([file('a', 1n)]);
  settled.of([]);
  now = 2000;
  expect(settled.nextMs()).toBeUndefined();
  expect(settled.of([file('a', 1n)])).toEqual([]);
});
