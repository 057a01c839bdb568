import { describe, expect, test } from '@jest/globals';
import type { ReportRow } from '@rosterport/domain';
import { reportJson } from './json-report.ts';
import { countedStream, sampleChanges, sampleJob, sampleRows, streamOf, textOf } from './sample-job.ts';

describe('reportJson', () => {
  test.each([[sampleRows], [sampleRows.slice(0, 1)], [[]]])('is one document with the job and its rows', async (rows) => {
    const text = await textOf(reportJson(sampleJob, streamOf(rows)));
    expect(JSON.parse(text)).toEqual({ job: sampleJob, rows });
    expect(text.trimEnd().split('\n')).toHaveLength(rows.length + 2);
  });

  test.each([[sampleChanges], [[]]])('shows what was changed, where it is given', async (changes) => {
    const text = await textOf(reportJson(sampleJob, streamOf(sampleRows), streamOf(changes)));
    expect(JSON.parse(text)).toEqual({ job: sampleJob, rows: sampleRows, changes });
  });

  test('streams 50,000 rows in small pieces, each before the next rows are taken', async () => {
    const rows = countedStream(50_000, (n): ReportRow => {
      return { sheet: null, row: n + 2, externalId: `E${n}`, result: 'unchanged', issues: [] };
    });
    let length = 0;
    let longest = 0;
    let furthest = 0;
    let before = 0;
    for await (const piece of reportJson(sampleJob, rows.stream)) {
      length += piece.length;
      longest = Math.max(longest, piece.length);
      furthest = Math.max(furthest, rows.taken() - before);
      before = rows.taken();
    }
    expect(rows.ended()).toBe(true);
    expect(length).toBeGreaterThan(50_000 * 60);
    expect(longest).toBeLessThan(20_000);
    expect(furthest).toBeLessThan(400);
  });

  test('passes a failure of the rows on', async () => {
    async function* broken(): AsyncGenerator<ReportRow> {
      yield* sampleRows;
      await Promise.reject(new Error('the rows are gone'));
    }
    await expect(textOf(reportJson(sampleJob, broken()))).rejects.toThrow('the rows are gone');
  });
});
