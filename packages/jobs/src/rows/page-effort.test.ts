import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import type { IssueCode, JobId, RowResult } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { listRows } from '../list-rows.ts';
import { explained } from '../testing/explained.ts';
import { keepRows, type JudgedRow } from '../testing/judged-rows.ts';
import type { RowFilter } from './kept-rows.ts';
import { rowsPerChunk } from './place-chunk.ts';

const at = testDatabase();

const chunks = 30;
const all = chunks * rowsPerChunk;
const limit = 20;

const found = (code: IssueCode): JudgedRow['issues'] => [{ code, severity: 'warning', column: null, found: null, expected: null }];

/** A quarter of the rows is not as usual, mostly updated and with the same finding; what is rare stands near the end. */
const rows: readonly JudgedRow[] = Array.from({ length: all }, (_, index) => {
  const place = { sheet: null, row: index + 2, externalId: `E${index}` };
  if (index === all - 40) return { ...place, result: 'rejected', issues: found('validateActive') };
  if (index === all - 30) return { ...place, result: 'updated', issues: found('validateLanguage') };
  if (index === all - 20) return { ...place, result: 'unchanged', issues: found('validateManagerExists') };
  if (index === all - 10) return { ...place, result: 'deactivated', issues: null };
  return index % 4 === 0 ? { ...place, result: 'updated', issues: found('validateManagerExists') } : { ...place, result: 'unchanged', issues: null };
});

/** Nearly all of the rows are not as usual, as when people were passed over who had not changed. */
const [plain, unlike] = [randomUUID() as JobId, randomUUID() as JobId];
beforeAll(async () => {
  await keepRows(at.db, plain, { rows, usualResult: 'unchanged' });
  const created = rows.map((row, index) => (index < all - 2 * rowsPerChunk ? { ...row, result: 'created' as const, issues: null } : row));
  await keepRows(at.db, unlike, { rows: created, usualResult: 'unchanged' });
  await at.db.pool.query('analyze row_results, row_chunks');
}, 60_000);

const results: readonly RowResult[] = ['unchanged', 'updated', 'rejected', 'deactivated', 'created', 'skipped'];
const filters: readonly RowFilter[] = [
  {},
  ...results.map((result) => ({ result })),
  { withIssues: true },
  ...(['validateManagerExists', 'validateActive', 'validateLanguage', 'validateEmail'] as const).map((code) => ({ code })),
  { result: 'unchanged', withIssues: true },
  { result: 'deactivated', withIssues: true },
  { result: 'updated', code: 'validateLanguage' },
  { result: 'rejected', code: 'validateLanguage' },
];

test.each(filters.flatMap((filter) => [0, 0.5, 0.9].map((place) => [filter, place] as const)))('a page with %j from %d of the file on reads a small part of it', async (filter, place) => {
  for (const jobId of [plain, unlike]) {
    const { db, effort } = explained(at.db);
    await listRows(db, { jobId, ...filter, limit, cursor: String(Math.floor(all * place)) });
    // The places, and the verdicts, of two chunks at most, besides what is said of each chunk.
    expect(effort.rows).toBeLessThan(2 * rowsPerChunk + 4 * chunks);
    expect(effort.pages).toBeLessThan(120);
  }
});
