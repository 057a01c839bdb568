import { describe, expect, test } from '@jest/globals';
import { issue, listIssues } from '@rosterport/domain';
import type { Job, ReportRow } from '@rosterport/domain';
import Papa from 'papaparse';
import { reportCsv } from './csv-report.ts';
import { countedStream, keptChanges, sampleJob, sampleRows, streamOf, textOf } from './sample-job.ts';

const head = 'sheet;row;externalId;result;code;severity;column;found;expected;message';

describe('reportCsv', () => {
  test('writes one line a finding, and one for a row without', async () => {
    expect((await textOf(reportCsv(sampleJob, streamOf(sampleRows)))).split('\r\n')).toEqual([
      `\uFEFF${head}`,
      'Users;2;007;created;;;;;;',
      "Users;3;E2;rejected;validateThatEmailIsCorrect;error;Email;'=1+1;;Email is not a correct e-mail address: =1+1.",
      'Users;3;E2;rejected;validateMandatoryValues;error;LastName;;;LastName has no value.',
      'Users;4;E3;updated;validateGroupExists;warning;Department;NORTH;the file makes it;The group NORTH was not known: the file makes it.',
      '',
    ]);
  });

  test('says when the rows are no longer kept, and nothing of a file that is gone', async () => {
    const removed = { file: '2026-04-01T00:00:00.000Z', rows: null, journal: null };
    expect(await textOf(reportCsv({ ...sampleJob, removed }, streamOf([])))).toBe(`\uFEFF${head}\r\n`);
    const rows = '2026-09-01T00:00:00.000Z';
    expect((await textOf(reportCsv({ ...sampleJob, removed: { ...removed, rows } }, streamOf([])))).split('\r\n')[1]).toBe(
      `;;;;;;;;;"The results of the rows are no longer kept; they were removed at ${rows}."`,
    );
    const dry: Job = { ...sampleJob, state: 'previewed', removed: { ...removed, rows } };
    expect(await textOf(reportCsv(dry, streamOf([])))).toContain('results of the rows and the changes that would have been made are no longer kept');
  });

  test('writes the findings about the file first, without a row', async () => {
    const job: Job = {
      ...sampleJob,
      issues: listIssues({ file: [issue('validateSheetNames', { found: 'Export; "Notes"' })], rows: [] }),
    };
    expect((await textOf(reportCsv(job, streamOf([])))).split('\r\n')).toEqual([
      `\uFEFF${head}`,
      ';;;;validateSheetNames;error;;"Export; ""Notes""";;"The workbook has no sheet named Users or Groups; it has Export; ""Notes""."',
      '',
    ]);
  });

  test.each(['a;b', 'say "x"', 'two\nlines', 'two\r\nlines', ' blanks ', '|', ',', '', 'Łukasz Ž 山田'])(
    'carries %j through a CSV parser',
    async (found) => {
      const rows: ReportRow[] = [
        { sheet: null, row: 2, externalId: found, result: 'rejected', issues: [issue('validateActive', { found })] },
      ];
      const text = await textOf(reportCsv(sampleJob, streamOf(rows)));
      const parsed = Papa.parse<Record<string, string>>(text, { header: true, delimiter: ';', skipEmptyLines: true });
      expect(parsed.errors).toEqual([]);
      expect(parsed.data).toHaveLength(1);
      expect(parsed.data[0]).toMatchObject({ sheet: '', row: '2', externalId: found, found });
    },
  );

  test('escapes formulas in every column that the file can fill', async () => {
    const evil = '=HYPERLINK("http://example.com";"x")';
    const rows: ReportRow[] = [
      {
        sheet: evil,
        row: 2,
        externalId: evil,
        result: 'rejected',
        issues: [issue('validateMandatoryValues', { column: evil, found: evil, expected: evil })],
      },
    ];
    const text = await textOf(reportCsv(sampleJob, streamOf(rows)));
    const [, cells = []] = Papa.parse<string[]>(text, { delimiter: ';', skipEmptyLines: true }).data;
    expect(cells.filter((cell) => cell.startsWith('='))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith("'="))).toHaveLength(6);
  });

  test('begins with the guards, and with what a revert kept', async () => {
    const breach = issue('validateDeactivationShare', { found: '6 of 10 people', expected: '10 %' });
    const held: Job = { ...sampleJob, state: 'held', issues: listIssues({ guards: [breach], file: [], rows: [] }) };
    const [, guard] = (await textOf(reportCsv(held, streamOf([]), streamOf(keptChanges)))).split('\r\n');
    expect(guard).toBe(`;;;;validateDeactivationShare;warning;;6 of 10 people;10 %;"${breach.message}"`);
    const revert: Job = { ...sampleJob, kind: 'revert', reverts: sampleJob.id, issues: [] };
    const lines = (await textOf(reportCsv(revert, streamOf([]), streamOf(keptChanges)))).split('\r\n');
    expect(lines.slice(1)).toEqual([';;007;kept;changedSince;warning;;;;Åda Berg (007) was kept as it is: it was changed since.', '']);
  });

  test('takes rows only as its text is taken, and ends the stream when the reader leaves', async () => {
    const rows = countedStream(50_000, (n): ReportRow => {
      return { sheet: 'Users', row: n + 2, externalId: `E${n}`, result: 'unchanged', issues: [] };
    });
    const texts = reportCsv(sampleJob, rows.stream);
    expect(rows.taken()).toBe(0);
    await texts.next();
    await texts.next();
    expect(rows.taken()).toBeGreaterThan(0);
    expect(rows.taken()).toBeLessThan(2_000);
    await texts.return(undefined);
    expect(rows.ended()).toBe(true);
    expect(rows.taken()).toBeLessThan(2_000);
  });
});
