import { describe, expect, test } from '@jest/globals';
import { help, readArguments } from './arguments.ts';

const usual = { case: 'first', rows: 100_000, repeats: 1, statements: 0 };

describe('arguments', () => {
  test.each([
    ['ingest', { kind: 'ingest', options: usual, json: false }],
    ['ingest --json', { kind: 'ingest', options: usual, json: true }],
    ['ingest --rows 100000 --json --case daily', { kind: 'ingest', options: { ...usual, case: 'daily' }, json: true }],
    ['--repeats 3 ingest --rows=7', { kind: 'ingest', options: { ...usual, rows: 7, repeats: 3 }, json: false }],
    ['ingest --statements 5', { kind: 'ingest', options: { ...usual, statements: 5 }, json: false }],
    ['--help', { kind: 'help' }],
    ['ingest --rows many --help', { kind: 'help' }],
  ])('%s', (text, expected) => {
    expect(readArguments(text.split(' '))).toEqual(expected);
  });

  test.each([
    ['', /Name what to measure/],
    ['xlsx', /Name what to measure/],
    ['ingest ingest', /Name what to measure/],
    ['ingest --case weekly', /--case must be one of first, daily/],
    ['ingest --rows 0', /--rows must be a whole number from 1 to 1000000/],
    ['ingest --rows 1000001', /--rows must be/],
    ['ingest --rows 1e3', /--rows must be/],
    ['ingest --repeats 26', /--repeats must be/],
    ['ingest --statements 1.5', /--statements must be/],
    ['ingest --rows', /--rows/],
    ['ingest --fast', /--fast/],
  ])('%s is a mistake', (text, problem) => {
    const wish = readArguments(text === '' ? [] : text.split(' '));
    expect(wish).toEqual({ kind: 'mistake', problem: expect.stringMatching(problem) });
  });

  test('are all told by the help', () => {
    for (const option of ['--case', '--rows', '--repeats', '--statements', '--json', '--help']) expect(help).toContain(option);
  });
});
