import { describe, expect, test } from '@jest/globals';
import { readArguments } from './arguments.ts';
import { help } from './help.ts';

const company = { case: 'first', ids: 'ascending', faulty: 0, repeats: 1 };
const usual = { ...company, rows: 100_000, statements: 0 };
const all = ['bulk', 'small1', 'small50', 'handshakes', 'idle', 'delay'];
const sftp = { cases: all, repeats: 3, medium: 'memory', profile: null };

describe('arguments', () => {
  test.each([
    ['ingest', { kind: 'ingest', options: usual, json: false }],
    ['ingest --json', { kind: 'ingest', options: usual, json: true }],
    ['ingest --rows 100000 --json --case daily', { kind: 'ingest', options: { ...usual, case: 'daily' }, json: true }],
    ['--repeats 3 ingest --rows=7', { kind: 'ingest', options: { ...usual, rows: 7, repeats: 3 }, json: false }],
    ['ingest --statements 5', { kind: 'ingest', options: { ...usual, statements: 5 }, json: false }],
    ['ingest --rows 5000000 --ids random --faulty 20', { kind: 'ingest', options: { ...usual, rows: 5_000_000, ids: 'random', faulty: 20 }, json: false }],
    ['sizes', { kind: 'sizes', options: { ...company, sizes: [10_000, 100_000, 1_000_000] }, json: false }],
    ['sizes --case daily --rows 7,5000000 --json', { kind: 'sizes', options: { ...company, case: 'daily', sizes: [7, 5_000_000] }, json: true }],
    ['sftp', { kind: 'sftp', options: sftp, json: false }],
    ['sftp --case idle --json', { kind: 'sftp', options: { ...sftp, cases: ['idle'] }, json: true }],
    ['sftp --medium disk --repeats 5', { kind: 'sftp', options: { ...sftp, cases: all.slice(0, 3), repeats: 5, medium: 'disk' }, json: false }],
    ['sftp --profile here', { kind: 'sftp', options: { ...sftp, profile: 'here' }, json: false }],
    ['xlsx', { kind: 'xlsx', options: { rows: 100_000, repeats: 3, readers: ['rosterport', 'exceljs', 'sheetjs'], profile: null }, json: false }],
    ['xlsx --rows 7 --alone --profile here --json', { kind: 'xlsx', options: { rows: 7, repeats: 3, readers: ['rosterport'], profile: 'here' }, json: true }],
    ['rules', { kind: 'rules', options: { rows: 200_000, repeats: 3 }, json: false }],
    ['rules --rows 7 --repeats 1 --json', { kind: 'rules', options: { rows: 7, repeats: 1 }, json: true }],
    ['report', { kind: 'report', options: { rows: 100_000, repeats: 1 }, json: false }],
    ['report --rows 7 --repeats 3 --json', { kind: 'report', options: { rows: 7, repeats: 3 }, json: true }],
    ['small', { kind: 'small', options: { rows: 100, bigRows: 50_000 }, json: false }],
    ['small --rows 7 --big-rows 9 --json', { kind: 'small', options: { rows: 7, bigRows: 9 }, json: true }],
    ['tenants', { kind: 'tenants', options: { tenants: 200, rows: 1_000, repeats: 1 }, json: false }],
    ['tenants --tenants 1000 --json', { kind: 'tenants', options: { tenants: 1_000, rows: 1_000, repeats: 1 }, json: true }],
    ['guard', { kind: 'guard' }],
    ['--help', { kind: 'help' }],
    ['ingest --rows many --help', { kind: 'help' }],
  ])('%s', (text, expected) => {
    expect(readArguments(text.split(' '))).toEqual(expected);
  });

  test.each([
    ['', /Name what to measure/],
    ['ods', /Name what to measure/],
    ['ingest ingest', /Name what to measure/],
    ['ingest --case weekly', /--case must be one of first, daily/],
    ['ingest --rows 0', /--rows must be a whole number from 1 to 5000000/],
    ['ingest --rows 5000001', /--rows must be/],
    ['ingest --rows 1,2', /--rows must be/],
    ['ingest --ids falling', /--ids must be one of ascending, random/],
    ['ingest --faulty 21', /--faulty must be/],
    ['sizes --rows 1,,2', /--rows must be/],
    ['sizes --statements 3', /--statements is not an option of sizes/],
    ['rules --rows 1000001', /--rows must be a whole number from 1 to 1000000/],
    ['ingest --rows 1e3', /--rows must be/],
    ['ingest --repeats 26', /--repeats must be/],
    ['ingest --statements 1.5', /--statements must be/],
    ['ingest --rows', /--rows/],
    ['ingest --fast', /--fast/],
    ['ingest --medium disk', /--medium is not an option of ingest/],
    ['ingest --alone', /--alone is not an option of ingest/],
    ['xlsx --case first', /--case is not an option of xlsx/],
    ['rules --profile here', /--profile is not an option of rules/],
    ['rules --rows 0', /--rows must be/],
    ['report --case first', /--case is not an option of report/],
    ['small --repeats 3', /--repeats is not an option of small/],
    ['tenants --tenants 1001', /--tenants must be/],
    ['tenants --tenants 1000 --rows 1001', /more than 1000000 rows/],
    ['guard --rows 7', /--rows is not an option of guard/],
    ['sftp --rows 7', /--rows is not an option of sftp/],
    ['sftp --case first', /--case must be one of bulk, small1, small50, handshakes, idle, delay/],
    ['sftp --medium disk --case idle', /--case must be one of bulk, small1, small50\./],
    ['sftp --medium tape', /--medium must be one of memory, disk/],
    ['sftp --repeats 0', /--repeats must be/],
  ])('%s is a mistake', (text, problem) => {
    const wish = readArguments(text === '' ? [] : text.split(' '));
    expect(wish).toEqual({ kind: 'mistake', problem: expect.stringMatching(problem) });
  });

  test('are all told by the help', () => {
    for (const option of ['--case', '--rows', '--repeats', '--statements', '--medium', '--profile', '--alone', '--big-rows', '--tenants', '--ids', '--faulty', '--json', '--help']) expect(help).toContain(option);
  });
});
