import { expect, test } from '@jest/globals';
import { resultTable } from './result-table.ts';
import type { Result } from './result.ts';

const result: Result = {
  case: 'daily',
  ids: 'ascending',
  faulty: 0,
  rows: 10_000,
  seconds: 1.25,
  floorSeconds: 0.5,
  ratio: 2.5,
  cpuSeconds: 2,
  floorCpuSeconds: 0.5,
  cpuRatio: 4,
  peakRssMb: 181.4,
  repeats: 3,
  stagingSeconds: 0.0125,
  bytes: 1_572_864,
  steps: { plan: 1, apply: 0.25 },
  floorSteps: { copy: 0.2, insert: 0.3 },
};

test('a result is a table of names and values', () => {
  expect(resultTable(result)).toBe(
    [
      'case            daily',
      'rows            10000 (1.5 MiB), ascending ids, 0 % with a fault',
      'pipeline        1.250 s',
      '  plan          1.000 s',
      '  apply         0.250 s',
      'floor           0.500 s',
      '  copy          0.200 s',
      '  insert        0.300 s',
      'ratio           2.50',
      'processor time  2.000 s, of the floor 0.500 s, ratio 4.00',
      'peak memory     181 MiB',
      'staging         0.013 s, not counted',
      'runs            3, medians',
      '',
    ].join('\n'),
  );
});

test('a machine that does not tell processor time shows none', () => {
  expect(resultTable({ ...result, cpuRatio: Number.NaN })).not.toContain('processor time');
});

test('the slowest statements stand below it', () => {
  const statements = [{ sql: 'copy in_users from stdin', runs: 1, seconds: 0.9 }];
  const table = resultTable({ ...result, repeats: 1, statements });
  expect(table).toContain('runs            1\n');
  expect(table.endsWith('\nslowest statements\n    0.900 s  1 x  copy in_users from stdin\n')).toBe(true);
});
