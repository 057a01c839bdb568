import { describe, expect, test } from '@jest/globals';
import { issue, listIssues, noChanges, noCounts } from '@rosterport/domain';
import type { Job, ReportRow } from '@rosterport/domain';
import { countedStream, sampleJob, sampleRows, streamOf, textOf } from './sample-job.ts';
import { reportText } from './text-report.ts';

const applied = `\
users.xlsx: applied; 1 of 3 rows rejected.

job       0198a1b2-0000-7000-8000-000000000001
file      users.xlsx
feed      default
channel   sftp
mode      delta
received  2026-03-01T06:00:00.000Z
finished  2026-03-01T06:00:02.000Z

Rows read      3
  rejected     1
  skipped      0
  created      1
  reactivated  0
  deactivated  0
  updated      1
  unchanged    0

Changes
  users created       1
  users updated       1
  memberships added  12

Findings in rows
  error  validateThatEmailIsCorrect, once
    The cell is not a correct e-mail address.
    To mend: Write one address, as in name@example.com, without a name or brackets around it.
  warning  validateGroupExists, once
    The group … was not known.
    To mend: Send the groups file first, or correct the id or name of the group.

Rows with findings
  Users row 3 (E2): rejected — Email is not a correct e-mail address: =1+1.
    and LastName has no value.
  Users row 4 (E3): updated — Department: The group NORTH was not known and has been made.
`;

const refused = `\
users.xlsx: refused as a whole; nothing has changed.

job       0198a1b2-0000-7000-8000-000000000001
file      users.xlsx
feed      default
channel   sftp
mode      full, dry run
received  2026-03-01T06:00:00.000Z
finished  not yet

Rows read      0
  rejected     0
  skipped      0
  created      0
  reactivated  0
  deactivated  0
  updated      0
  unchanged    0

Findings about the file
  error  validateMandatoryColumns
    sheet Users: The column LastName is missing.
    To mend: Add the column, even when it has no values.
`;

describe('reportText', () => {
  test('tells what became of a file, in plain text', async () => {
    expect(await textOf(reportText(sampleJob, streamOf(sampleRows)))).toBe(applied);
  });

  test('tells why a file was refused', async () => {
    const job: Job = {
      ...sampleJob,
      state: 'rejected',
      mode: 'full',
      dryRun: true,
      finishedAt: null,
      counts: noCounts,
      changes: noChanges,
      issues: listIssues({ file: [issue('validateMandatoryColumns', { sheet: 'Users', expected: 'LastName' })], rows: [] }),
    };
    expect(await textOf(reportText(job, streamOf([])))).toBe(refused);
  });

  test('colours whole lines, and says the same', async () => {
    const text = await textOf(reportText(sampleJob, streamOf(sampleRows), { colour: true }));
    expect(text).toContain('\u001B[33musers.xlsx: applied; 1 of 3 rows rejected.\u001B[0m\n');
    expect(text).toContain('\u001B[31m    and LastName has no value.\u001B[0m\n');
    // eslint-disable-next-line no-control-regex -- the colours are what is taken away
    expect(text.replace(/\u001B\[\d+m/g, '')).toBe(applied);
  });

  test('says what would change before anything has', async () => {
    const text = await textOf(reportText({ ...sampleJob, state: 'held' }, streamOf([])));
    expect(text).toContain('users.xlsx: held until a person decides; nothing has changed; 1 of 3 rows rejected.\n');
    expect(text).toContain('Changes that would be made\n');
  });

  test('lets nothing in the file steer the terminal', async () => {
    const found = '\u001B]0;owned\u0007\u009B2J\r\n\u202Eevil\uD800';
    const rows: ReportRow[] = [
      { sheet: null, row: 2, externalId: found, result: 'rejected', issues: [issue('validateActive', { column: 'Active', found })] },
    ];
    const text = await textOf(reportText({ ...sampleJob, fileName: `a${found}.csv` }, streamOf(rows)));
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u);
    expect(text).toContain('Row 2 (\\u001b]0;owned\\u0007\\u009b2J\\u000d\\u000a\\u202eevil\\ud800): rejected');
  });

  test.each([
    [undefined, 20],
    [3, 3],
    [0, 0],
  ])('shows the first rows with findings, and reads no further (limit %p)', async (limit, shown) => {
    const rows = countedStream(50_000, (n): ReportRow => {
      const issues = n % 2 === 0 ? [] : [issue('validateActive', { column: 'Active', found: 'yes' })];
      return { sheet: 'Users', row: n + 2, externalId: null, result: n % 2 === 0 ? 'unchanged' : 'rejected', issues };
    });
    const options = limit === undefined ? {} : { rows: limit };
    const text = await textOf(reportText(sampleJob, rows.stream, options));
    expect(text.match(/^ {2}Users row \d+: rejected — Active is yes/gm) ?? []).toHaveLength(shown);
    expect(text).toContain('More rows have findings; the full report lists them all.\n');
    expect(rows.taken()).toBe(2 * (shown + 1));
    expect(rows.ended()).toBe(true);
  });
});

test('what is no longer kept is said above the numbers, which stay', async () => {
  const [file, rows, journal] = ['2026-04-01T00:00:00.000Z', '2026-09-01T00:00:00.000Z', '2027-05-01T00:00:00.000Z'];
  const text = await textOf(reportText({ ...sampleJob, removed: { file, rows, journal } }, streamOf([])));
  expect(text).toContain(`finished  2026-03-01T06:00:02.000Z

The results of the rows are no longer kept; they were removed at ${rows}.
The file is no longer kept; it was removed at ${file}.
The job can no longer be reverted; its journal was removed at ${journal}.
The numbers of the job stay.

Rows read      3
`);
});

test('a job that failed says why', async () => {
  const failure = { code: 'stagedFileMissing', message: 'The sealed file of the job is gone.' };
  const text = await textOf(reportText({ ...sampleJob, state: 'failed', failure }, streamOf([])));
  expect(text).toContain('failure   The sealed file of the job is gone. (stagedFileMissing)');
});
