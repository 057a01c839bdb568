import { expect, test } from '@jest/globals';
import { measureRules } from './measure-rules.ts';

test('both judge every row, and the numbers belong together', async () => {
  const result = await measureRules({ rows: 2_000, repeats: 2 }, new AbortController().signal);
  expect(result).toMatchObject({ rows: 2_000, repeats: 2 });
  expect(result.microseconds).toBeGreaterThan(0);
  expect(result.ratio).toBeGreaterThan(0);
  expect(result.rowsPerSecond * result.microseconds).toBeCloseTo(1e6, -3);
  expect(result.peerRowsPerSecond * result.peerMicroseconds).toBeCloseTo(1e6, -3);
});

test('a signal ends it', async () => {
  await expect(measureRules({ rows: 2_000, repeats: 1 }, AbortSignal.abort())).rejects.toThrow(/abort/);
});
