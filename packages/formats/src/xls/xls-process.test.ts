import { utils, write } from '@e965/xlsx';
import { describe, expect, test } from '@jest/globals';

import { defaultLimits, type FormatLimits } from '../limits.ts';
import { bytesOf } from '../byte-source.ts';
import { Unreadable } from '../unreadable.ts';
import { xlsAnswers } from './xls-process.ts';

/** A workbook whose cells all differ, so that reading it takes memory by the cell. */
function workbook(rows: number): Uint8Array {
  const table = Array.from({ length: rows }, (_row, row) => Array.from({ length: 14 }, (_cell, column) => row * 14 + column + 0.5));
  return new Uint8Array(write(utils.book_new(utils.aoa_to_sheet(table), 'Users'), { bookType: 'biff8', type: 'buffer' }) as ArrayBuffer);
}

const small = workbook(20);
const large = workbook(6_000);

/** How many rows are answered, or why there are none. */
async function outcome(file: Uint8Array, limits: Partial<FormatLimits>): Promise<unknown> {
  let rows = 0;
  try {
    for await (const answer of xlsAnswers({ source: bytesOf(file), limits: { ...defaultLimits, ...limits }, headRows: 0, sheets: null })) {
      if (answer.kind === 'rows') rows += answer.rows.length;
    }
    return rows;
  } catch (error) {
    if (error instanceof Unreadable) return error.issue.expected;
    throw error;
  }
}

describe('a process that reads an .xls file', () => {
  test.each<[string, Uint8Array, Partial<FormatLimits>, unknown]>([
    ['reads a large workbook within the usual caps', large, {}, 6_000],
    ['reads a small one in little memory', small, { xlsMemoryMb: 32 }, 20],
    ['is ended when a large one takes more', large, { xlsMemoryMb: 32 }, 'more than can be read in 32 MB of memory'],
    ['is ended when its time is over', large, { xlsSeconds: 0.001 }, 'more than can be read in 0.001 seconds'],
    ['is not begun for more bytes than allowed', large, { maxXlsBytes: 1_000_000 }, 'an .xls file of more than 1000000 bytes'],
  ])('%s', async (_name, file, limits, expected) => {
    expect(await outcome(file, limits)).toBe(expected);
  });
});
