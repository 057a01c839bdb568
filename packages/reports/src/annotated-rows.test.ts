import { describe, expect, test } from '@jest/globals';
import type { ReportRow } from '@rosterport/domain';
import { annotatedRows, type SourceRow } from './annotated-rows.ts';
import { countedStream, streamOf, usersHeader } from './sample-job.ts';

/** `Users 2` as a row of the file; `- 2` is one of a CSV file. */
function sourceRows(texts: readonly string[]): readonly SourceRow[] {
  return texts.map((text) => ({ header: usersHeader(place(text).sheet, ['Id']), row: { row: place(text).row, cells: [text] } }));
}

function reportRows(texts: readonly string[]): readonly ReportRow[] {
  return texts.map((text) => {
    return { sheet: place(text).sheet, row: place(text).row, externalId: text, result: 'unchanged', issues: [] };
  });
}

function place(text: string): { readonly sheet: string | null; readonly row: number } {
  const [sheet = '', row = ''] = text.split(' ');
  return { sheet: sheet === '-' ? null : sheet, row: Number(row) };
}

const cases: readonly { name: string; source: string[]; report: string[]; joined: string[] }[] = [
  { name: 'nothing', source: [], report: [], joined: [] },
  {
    name: 'two sheets',
    source: ['Groups 2', 'Users 2', 'Users 3'],
    report: ['Groups 2', 'Users 2', 'Users 3'],
    joined: ['Groups 2 both', 'Users 2 both', 'Users 3 both'],
  },
  { name: 'a CSV file', source: ['- 2', '- 5'], report: ['- 2', '- 5'], joined: ['- 2 both', '- 5 both'] },
  {
    name: 'rows that only one side has',
    source: ['Users 2', 'Users 4', 'Users 5'],
    report: ['Users 3', 'Users 4', 'Users 6'],
    joined: ['Users 2 source', 'Users 3 report', 'Users 4 both', 'Users 5 source', 'Users 6 report'],
  },
  {
    name: 'a file without verdicts',
    source: ['Users 2', 'Groups 2'],
    report: [],
    joined: ['Users 2 source', 'Groups 2 source'],
  },
  {
    name: 'verdicts without a file',
    source: [],
    report: ['Users 2', '- 3'],
    joined: ['Users 2 report, no header', '- 3 report, no header'],
  },
  {
    name: 'a sheet whose last rows could not be read',
    source: ['Users 2', 'Groups 2'],
    report: ['Users 2', 'Users 3', 'Groups 2'],
    joined: ['Users 2 both', 'Users 3 report', 'Groups 2 both'],
  },
  {
    name: 'a sheet without verdicts before one with them',
    source: ['Users 2', 'Users 3', 'Groups 2'],
    report: ['Groups 2'],
    joined: ['Users 2 source', 'Users 3 source', 'Groups 2 both'],
  },
  {
    name: 'a sheet that could not be read behind one that could',
    source: ['Users 2'],
    report: ['Users 2', 'Groups 2'],
    joined: ['Users 2 both', 'Groups 2 report, no header'],
  },
];

describe('annotatedRows', () => {
  test.each(cases)('joins $name', async ({ source, report, joined }) => {
    const seen: string[] = [];
    for await (const next of annotatedRows(streamOf(sourceRows(source)), streamOf(reportRows(report)))) {
      const sides = next.raw === null ? 'report' : next.report === null ? 'source' : 'both';
      seen.push(`${next.sheet ?? '-'} ${next.row} ${sides}${next.header === null ? ', no header' : ''}`);
    }
    expect(seen).toEqual(joined);
  });

  test('reads one value ahead, and ends both sides when its reader leaves', async () => {
    const header = usersHeader(null, ['Id']);
    const source = countedStream(1_000, (n): SourceRow => ({ header, row: { row: n + 2, cells: [] } }));
    const report = countedStream(1_000, (n): ReportRow => {
      return { sheet: null, row: n + 2, externalId: null, result: 'unchanged', issues: [] };
    });
    const joined = annotatedRows(source.stream, report.stream);
    for (let n = 0; n < 10; n += 1) await joined.next();
    expect([source.taken(), report.taken()]).toEqual([10, 10]);
    await joined.return(undefined);
    expect([source.ended(), report.ended()]).toEqual([true, true]);
  });
});
