import { describe, expect, test } from '@jest/globals';
import { issue, listIssues, noChanges, noCounts } from '@rosterport/domain';
import type { Job, JobId, ReportRow } from '@rosterport/domain';
import { countedStream, keptChanges, sampleChanges, sampleJob, sampleRows, streamOf, textOf } from './sample-job.ts';
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
  Users row 4 (E3): updated — Department: The group NORTH was not known: the file makes it.
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
The job can no longer be reverted, and of its changes only those are listed that still hold; its journal was removed at ${journal}.
The numbers of the job stay.

Rows read      3
`);
});

test('a job that failed says why', async () => {
  const failure = { code: 'stagedFileMissing', message: 'The sealed file of the job is gone.' };
  const text = await textOf(reportText({ ...sampleJob, state: 'failed', failure }, streamOf([])));
  expect(text).toContain('failure   The sealed file of the job is gone. (stagedFileMissing)');
});

const breach = issue('validateDeactivationShare', { found: '500 of 1000 people (50 %)', expected: '10 % or 5 people' });

const heldText = `
Rows read               3
  rejected              1
  skipped               0
  would be created      1
  would be reactivated  0
  would be deactivated  0
  would be updated      1
  unchanged             0

Changes that would be made
  users deactivated  500

Why it is held
  validateDeactivationShare
    The file would deactivate 500 of 1000 people (50 %); at most 10 % or 5 people pass without approval.
    To decide: Look at who would be deactivated. Approve the job if it is meant; otherwise discard it and send the whole file.

Records, before -> after
  Åda Berg (007) would be deactivated
    active: true -> false
    inactiveCause: (none) -> absence
  Bo Dahl (E3) would be updated, Users row 4
    phone: +46701234567 -> (none)
    attributes.City: Lund -> =1+1
    removed from the group HR
    E9 named as manager of D2
  group North would be created

Rows with findings
  Users row 4 (E3): would be updated — Department: The group NORTH was not known: the file makes it.
`;

describe('a job that changed nothing yet', () => {
  const held: Job = { ...sampleJob, state: 'held', changes: { ...noChanges, usersDeactivated: 500 }, issues: listIssues({ guards: [breach], file: [], rows: [] }) };

  test('says why it is held, and what would become of whom', async () => {
    const text = await textOf(reportText(held, streamOf(sampleRows.slice(2)), { changes: streamOf(sampleChanges) }));
    expect(text).toContain('users.xlsx: held until a person decides; nothing has changed');
    expect(text.slice(text.indexOf('\nRows read'))).toBe(heldText);
  });

  test('shows the first records, and reads no further', async () => {
    const changes = countedStream(1_000, () => sampleChanges[0]!);
    const text = await textOf(reportText(held, streamOf([]), { changes: changes.stream, records: 3 }));
    expect(text.match(/would be deactivated$/gm)).toHaveLength(3);
    expect(text).toContain('More records follow; `rosterport changes` lists them all.');
    expect(changes.taken()).toBe(4);
    expect(changes.ended()).toBe(true);
  });

  test.each([
    ['held', 'Why it is held'],
    ['previewed', 'Why it would be held'],
    ['discarded', 'Why it was held'],
    ['superseded', 'Why it was held'],
  ] as const)('%s: the guards stand under "%s"', async (state, heading) => {
    const text = await textOf(reportText({ ...held, state }, streamOf([])));
    expect(text).toContain(`${heading}\n  validateDeactivationShare\n`);
    expect(text).toContain('would be created');
    expect(text.includes('To decide:')).toBe(state === 'held');
  });
});

test('a revert says what it took back and what it kept', async () => {
  const reverts = '0198a1b2-0000-7000-8000-000000000002' as JobId;
  const job: Job = { ...sampleJob, kind: 'revert', reverts, counts: noCounts, issues: [] };
  const link = { kind: 'membership', change: 'removed', group: { id: '3', externalId: null, name: 'North' }, manager: null } as const;
  const changes = keptChanges.map((change) => (change.action === 'kept' ? { ...change, links: [link] } : change));
  const text = await textOf(reportText(job, streamOf([]), { changes: streamOf(changes) }));
  expect(text).toContain(`Revert of users.xlsx: applied.\n\njob       ${job.id}\nundoes    ${reverts}\n`);
  expect(text).not.toContain('Rows read');
  expect(text).toContain('  Åda Berg (007) kept: it was changed since\n    email: ada.planted@example.com stays, instead of old.planted@example.com\n    not done: removed from the group North\n');
});
