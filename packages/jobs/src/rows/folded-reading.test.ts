import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { issue, rowResults, type IssueCode, type JobId, type ReportRow } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import fc from 'fast-check';
import { allRows, listRows } from '../list-rows.ts';
import { keepRows, keepRowsOneByOne, type JudgedRow } from '../testing/judged-rows.ts';
import type { RowFilter } from './kept-rows.ts';
import { rowsPerChunk } from './place-chunk.ts';

const at = testDatabase();

const codes = ['validateActive', 'validateManagerExists', 'validateLanguage'] as const satisfies readonly IssueCode[];

/** Rows that mostly have the usual result, in stretches as they stand in files, over some chunks. */
const stretch = fc.record({
  rows: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(rowsPerChunk - 1, rowsPerChunk, rowsPerChunk + 1)),
  result: fc.constantFrom(...rowResults),
  codes: fc.subarray<(typeof codes)[number]>([...codes], { maxLength: 2 }),
  // One in so many rows is as the stretch says.
  one: fc.constantFrom(1, 2, 7, 1_000),
  sheet: fc.constantFrom(null, 'Users', 'Groups "2"'),
  gap: fc.constantFrom(0, 0, 1, 5),
  id: fc.constantFrom('E', 'ö\n\t\\{}":,', null),
});

type Stretch = typeof stretch extends fc.Arbitrary<infer One> ? One : never;

function rowsOf(stretches: readonly Stretch[], usualResult: JudgedRow['result']): JudgedRow[] {
  const rows: JudgedRow[] = [];
  for (const { rows: count, result, codes: found, one, sheet, gap, id } of stretches) {
    for (let index = 0; index < count; index += 1) {
      const row = (rows.at(-1)?.row ?? 1) + 1 + (index === 0 ? gap : 0);
      const isOne = index % one === 0;
      const issues = isOne && found.length > 0 ? found.map((code) => ({ code, severity: 'warning', column: null, found: `${row}`, expected: null }) as const) : null;
      rows.push({ sheet, row, externalId: id === null ? null : `${id}${row}`, result: isOne ? result : usualResult, issues });
    }
  }
  return rows;
}

function shown({ issues, ...row }: JudgedRow): ReportRow {
  return { ...row, issues: (issues ?? []).map(({ code, ...details }) => ({ ...details, code, message: issue(code, details).message })) };
}

const filters: readonly RowFilter[] = [
  {},
  ...rowResults.map((result) => ({ result })),
  ...codes.map((code) => ({ code })),
  { withIssues: true },
  ...rowResults.map((result) => ({ result, withIssues: true })),
  ...rowResults.map((result) => ({ result, code: codes[0] })),
  { code: '%', withIssues: true },
];

const fits = (row: JudgedRow, { result, code, withIssues }: RowFilter): boolean =>
  (result === undefined || row.result === result) &&
  (code === undefined || (row.issues ?? []).some((found) => found.code === code)) &&
  (withIssues !== true || row.issues !== null);

async function collected(rows: AsyncIterable<ReportRow>): Promise<ReportRow[]> {
  const all: ReportRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

async function checkReading(jobId: JobId, rows: readonly JudgedRow[], { limit, place }: { readonly limit: number; readonly place: number }): Promise<void> {
  const cursor = Math.floor(place * rows.length);
  for (const filter of filters) {
    const plain = rows.filter((row) => fits(row, filter)).map(shown);
    expect(await collected(allRows(at.db, { jobId, ...filter }))).toEqual(plain);
    const rest = rows.flatMap((row, index) => (index >= cursor && fits(row, filter) ? [index] : []));
    const page = await listRows(at.db, { jobId, ...filter, limit, cursor: String(cursor) });
    expect(page.items).toEqual(rest.slice(0, limit).map((index) => shown(rows[index]!)));
    expect(page.next).toBe(rest.length > limit ? String(rest[limit - 1]! + 1) : null);
  }
}

const cases = fc.record({
  stretches: fc.array(stretch, { maxLength: 4 }),
  usualResult: fc.constantFrom(...rowResults),
  other: fc.constantFrom(...rowResults),
  limit: fc.constantFrom(1, 3, 50, rowsPerChunk, 3 * rowsPerChunk),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** Each row of the first chunk has a row of its own, and yet the usual result. */
const withFindings: typeof cases extends fc.Arbitrary<infer One> ? One : never = {
  ...{ usualResult: 'unchanged', other: 'rejected', limit: 3, place: 0 },
  stretches: [
    { rows: rowsPerChunk, result: 'unchanged', codes: ['validateActive'], one: 1, sheet: null, gap: 0, id: 'E' },
    { rows: 9, result: 'updated', codes: [], one: 7, sheet: null, gap: 0, id: 'E' },
  ],
};

test('whatever the verdicts are, every page with every filter is that of the plain list; planned anew, it is that of the new one', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ stretches, usualResult, other, ...page }) => {
      const jobId = randomUUID() as JobId;
      const rows = rowsOf(stretches, usualResult);
      for (const usual of [usualResult, other]) {
        await keepRows(at.db, jobId, { rows, usualResult: usual });
        await checkReading(jobId, rows, page);
      }
      await keepRows(at.db, jobId, { rows: [], usualResult });
    }),
    { numRuns: 5, examples: [[withFindings]], interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
  );
}, 120_000);

test('a job from before there were chunks is read as it was', async () => {
  const jobId = randomUUID() as JobId;
  const stretches: readonly Stretch[] = [
    { rows: 20, result: 'rejected', codes: ['validateActive'], one: 7, sheet: 'Users', gap: 0, id: 'E' },
    { rows: 9, result: 'updated', codes: ['validateManagerExists', 'validateLanguage'], one: 2, sheet: null, gap: 5, id: null },
  ];
  const rows = rowsOf(stretches, 'unchanged');
  await keepRowsOneByOne(at.db, jobId, rows);
  for (const place of [0, 0.4, 1]) await checkReading(jobId, rows, { limit: 3, place });
});
