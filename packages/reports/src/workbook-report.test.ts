import { buffer } from 'node:stream/consumers';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { countedRows, issue, issueCatalogue, listIssues, splitIssues, rowResults } from '@rosterport/domain';
import type { Job, ReportRow } from '@rosterport/domain';
import ExcelJS from 'exceljs';
import type { SourceRow } from './annotated-rows.ts';
import { countedStream, keptChanges, sampleChanges, sampleJob, sampleRows, streamOf, usersHeader } from './sample-job.ts';
import { reportWorkbook, type WorkbookReport } from './workbook-report.ts';

const names = ['EmployeeID', 'FirstName', 'LastName', 'Email', 'Department'];
const cells = [
  ['007', 'Åda', 'Berg', 'ada@example.com', '=1+1'],
  ['E2', '+x', '', '=1+1', '@SUM(A1:A9)', 'surplus'],
  ['E3', ' Bo ', 'Dahl\nDal', 'bo@example.com', 'NORTH'],
];

function sourceRows(sheet: string | null): readonly SourceRow[] {
  const header = usersHeader(sheet, names);
  return cells.map((values, index) => ({ header, row: { row: index + 2, cells: values } }));
}

async function written(parts: Partial<Pick<WorkbookReport, 'job' | 'source' | 'rows' | 'changes'>>): Promise<ExcelJS.Workbook> {
  const output = new PassThrough();
  const bytes = buffer(output);
  await reportWorkbook({ job: sampleJob, source: streamOf([]), rows: streamOf([]), output, ...parts });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await bytes) as unknown as ArrayBuffer);
  return workbook;
}

/** The value of a cell; text that has to keep its blanks comes back from exceljs as rich text. */
function plain(value: ExcelJS.CellValue): ExcelJS.CellValue {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' && 'richText' in value ? value.richText.map(({ text }) => text).join('') : value;
}

function valuesOf(sheet: ExcelJS.Worksheet | undefined): unknown[][] {
  const lines: unknown[][] = [];
  sheet?.eachRow((row) => lines.push(Array.from(row.values as ExcelJS.CellValue[], plain).slice(1)));
  return lines;
}

test('a workbook of a job whose rows are no longer kept says so on top', async () => {
  const removed = { file: '2026-04-01T00:00:00.000Z', rows: '2026-09-01T00:00:00.000Z', journal: null };
  const workbook = await written({ job: { ...sampleJob, removed } });
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Report']);
  expect(valuesOf(workbook.worksheets[0]).slice(0, 5)).toEqual([
    ['users.xlsx: applied; 1 of 3 rows rejected.'],
    ['The results of the rows are no longer kept; they were removed at 2026-09-01T00:00:00.000Z.'],
    ['The file is no longer kept; it was removed at 2026-04-01T00:00:00.000Z.'],
    ['The numbers of the job stay.'],
    ['job', sampleJob.id],
  ]);
});

describe('the sheets of the file', () => {
  test('show each row with its verdict, and its cells as text', async () => {
    const workbook = await written({ source: streamOf(sourceRows('Users')), rows: streamOf(sampleRows) });
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Report', 'Users']);
    const sheet = workbook.getWorksheet('Users')!;
    expect(valuesOf(sheet)).toEqual([
      ['Row', 'Result', 'Reasons', ...names],
      [2, 'created', '', ...cells[0]!],
      [3, 'rejected', 'Email is not a correct e-mail address: =1+1.\nLastName has no value.', ...cells[1]!],
      [4, 'updated', 'The group NORTH was not known: the file makes it.', ...cells[2]!],
    ]);
    sheet.eachRow((row) => {
      row.eachCell((cell, column) => {
        const { Number, RichText, String } = ExcelJS.ValueType;
        expect(row.number > 1 && column === 1 ? [Number] : [String, RichText]).toContain(cell.type);
        expect(cell.formula).toBeUndefined();
        if (row.number > 1 && column > 3) expect(cell.numFmt).toBe('@');
      });
    });
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 3, ySplit: 1 });
    expect(sheet.autoFilter).toBe('A1:I4');
  });

  test('colour rejected rows and rows with warnings, and mark the faulty cells', async () => {
    const workbook = await written({ source: streamOf(sourceRows('Users')), rows: streamOf(sampleRows) });
    const sheet = workbook.getWorksheet('Users')!;
    const fill = (address: string): string | undefined => {
      const { fill: of } = sheet.getCell(address);
      return of.type === 'pattern' ? of.fgColor?.argb : undefined;
    };
    const row = (number: number): (string | undefined)[] => Array.from('ABCDEFGH', (column) => fill(`${column}${number}`));
    const [rejected, warned, error, warning] = ['FFFDE7E5', 'FFFFF6D6', 'FFF4A6A0', 'FFFFD966'];
    expect(row(2)).toEqual(Array.from({ length: 8 }, () => undefined));
    expect(row(3)).toEqual([rejected, rejected, rejected, rejected, rejected, error, error, rejected]);
    expect(row(4)).toEqual([warned, warned, warned, warned, warned, warned, warned, warning]);
    expect(sheet.getCell('G3').font.bold).toBe(true);
    expect(sheet.getCell('G3').border.top?.style).toBe('thin');
  });

  test('are named after the kind of a CSV file', async () => {
    const rows = sampleRows.map((row) => ({ ...row, sheet: null }));
    const workbook = await written({ source: streamOf(sourceRows(null)), rows: streamOf(rows) });
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Report', 'Users']);
    expect(workbook.getWorksheet('Users')!.rowCount).toBe(4);
  });

  test('have legal names unlike that of our own sheet', async () => {
    const workbook = await written({ source: streamOf([...sourceRows('report'), ...sourceRows('a/b')]) });
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Report', 'report (2)', 'a_b']);
    expect(valuesOf(workbook.getWorksheet('a_b'))[1]).toEqual([2, '', '', ...cells[0]!]);
  });

  test('list the verdicts alone when the file is gone', async () => {
    const workbook = await written({ rows: streamOf(sampleRows) });
    expect(valuesOf(workbook.getWorksheet('Users')).map((line) => [line[0], line[1], line[3]])).toEqual([
      ['Row', 'Result', 'External id'],
      [2, 'created', '007'],
      [3, 'rejected', 'E2'],
      [4, 'updated', 'E3'],
    ]);
  });

  test('hold what XML and Excel cannot', async () => {
    const header = usersHeader('Users', ['EmployeeID', '__proto__', 'a<b>&"c"']);
    const raw = { row: 2, cells: ['_x0041_a\u0000\u001B\uFFFF', '<script> & "x"', 'x'.repeat(50_000)] };
    const workbook = await written({ source: streamOf([{ header, row: raw }]) });
    expect(valuesOf(workbook.getWorksheet('Users'))).toEqual([
      ['Row', 'Result', 'Reasons', 'EmployeeID', '__proto__', 'a<b>&"c"'],
      [2, '', '', '_x0041_a\uFFFD\uFFFD\uFFFD', '<script> & "x"', `${'x'.repeat(32_766)}…`],
    ]);
  });
});

describe('the sheet Changes', () => {
  const head = ['Kind', 'External id', 'Name', 'Change', 'Value', 'Before', 'After', 'Sheet', 'Row'];

  test('shows values before and after, and says when nothing has changed yet', async () => {
    const job: Job = { ...sampleJob, state: 'held' };
    const parts = { job, changes: streamOf(sampleChanges), source: streamOf(sourceRows('Changes')), rows: streamOf([{ ...sampleRows[0]!, sheet: 'Changes' }]) };
    const workbook = await written(parts);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Report', 'Changes', 'Changes (2)']);
    const sheet = workbook.getWorksheet('Changes')!;
    const [would, bo] = ['would be deactivated', ['user', 'E3', 'Bo Dahl', 'would be updated']];
    expect(valuesOf(sheet)).toEqual([
      head,
      ['user', '007', 'Åda Berg', would, 'active', 'true', 'false'],
      ['user', '007', 'Åda Berg', would, 'inactiveCause', '', 'absence'],
      [...bo, 'phone', '+46701234567', '', 'Users', 4],
      [...bo, 'attributes.City', 'Lund', '=1+1', 'Users', 4],
      [...bo, 'group', 'HR', '', 'Users', 4],
      [...bo, 'manager of D2', '', 'E9', 'Users', 4],
      ['group', '', 'North', 'would be created'],
    ]);
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()));
    expect(sheet.autoFilter).toBe('A1:I8');
    expect(valuesOf(workbook.getWorksheet('Changes (2)')).map((line) => line[1])).toEqual(['Result', 'would be created', '', '']);
  });

  test('shows what a revert kept and why, and is left out where nothing changed', async () => {
    const workbook = await written({ job: { ...sampleJob, kind: 'revert' }, changes: streamOf(keptChanges) });
    expect(valuesOf(workbook.getWorksheet('Changes')).at(-1)!.slice(3, 5)).toEqual(['kept: it was changed since', 'email']);
    expect(valuesOf(workbook.getWorksheet('Report')).flat()).not.toContain('Rows read');
    expect((await written({ changes: streamOf([]) })).worksheets.map(({ name }) => name)).toEqual(['Report']);
  });
});

test('the sheet Report says why a job is held', async () => {
  const breach = issue('validateDeactivationShare', { found: '6 of 10 people', expected: '10 %' });
  const job: Job = { ...sampleJob, state: 'held', issues: listIssues({ guards: [breach], file: [], rows: [] }) };
  const lines = valuesOf((await written({ job })).getWorksheet('Report'));
  const at = lines.findIndex(([name]) => name === 'Why it is held');
  expect(lines[at + 1]).toEqual(['validateDeactivationShare', '', 'warning', breach.message, issueCatalogue.validateDeactivationShare.mend]);
  expect(lines.map(([name]) => name)).toContain('would be created');
});

describe('the sheet Report', () => {
  test('shows facts, counts that add up, changes, and how to mend what was found', async () => {
    const job: Job = {
      ...sampleJob,
      fileName: '=cmd.xlsx',
      issues: listIssues({ ...splitIssues(sampleJob.issues), file: [issue('validateNewAttributes', { sheet: 'Users', column: '=City', found: '=City' })] }),
    };
    const lines = valuesOf((await written({ job })).getWorksheet('Report'));
    const value = (name: string): unknown => lines.find(([first]) => first === name)?.[1];
    expect(lines[0]).toEqual(['=cmd.xlsx: applied; 1 of 3 rows rejected.']);
    expect(value('job')).toBe(job.id);
    expect(value('Rows read')).toBe(countedRows(job.counts));
    expect(rowResults.reduce((sum, result) => sum + Number(value(result)), 0)).toBe(countedRows(job.counts));
    expect(value('memberships added')).toBe(12);
    expect(lines).toContainEqual([
      'validateNewAttributes',
      'Users',
      'warning',
      'The file defines attributes that were not known: =City.',
      issueCatalogue.validateNewAttributes.mend,
    ]);
    expect(lines).toContainEqual([
      'validateThatEmailIsCorrect',
      1,
      'error',
      'The cell is not a correct e-mail address.',
      issueCatalogue.validateThatEmailIsCorrect.mend,
    ]);
  });
});

/** Rows whose cells cannot be compressed well, so that what is read shows in what is written. */
function noisyRows(length: number): ReturnType<typeof countedStream<SourceRow>> {
  const header = usersHeader('Users', ['EmployeeID', 'FirstName', 'LastName']);
  let seed = 1;
  const noise = (): string => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed.toString(36);
  };
  return countedStream(length, (n) => {
    return { header, row: { row: n + 2, cells: [`E${n}`, noise() + noise() + noise(), noise() + noise() + noise()] } };
  });
}

describe('the way to the output', () => {
  test('reads 50,000 rows no faster than the output takes them', async () => {
    const source = noisyRows(50_000);
    let written = 0;
    let furthest = 0;
    let taken = 0;
    const output = new Writable({
      highWaterMark: 16_384,
      write(chunk: Buffer, _, done) {
        written += chunk.length;
        furthest = Math.max(furthest, source.taken() - taken);
        taken = source.taken();
        setImmediate(done);
      },
    });
    await reportWorkbook({ job: sampleJob, output, source: source.stream, rows: streamOf([]) });
    expect(source.taken()).toBe(50_000);
    expect(written).toBeGreaterThan(1_000_000);
    expect(furthest).toBeLessThan(2_000);
    expect(output.writableFinished).toBe(true);
  });

  test('stops reading when the output is closed early', async () => {
    const source = noisyRows(100_000);
    const rows = countedStream(0, (): ReportRow => sampleRows[0]!);
    const output = new Writable({
      write() {
        this.destroy();
      },
    });
    await expect(
      reportWorkbook({ job: sampleJob, output, source: source.stream, rows: rows.stream }),
    ).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(source.taken()).toBeLessThan(50_000);
    expect([source.ended(), rows.ended()]).toEqual([true, true]);
  });

  test.each(['source', 'rows'] as const)('destroys the output when reading the %s fails', async (side) => {
    async function* broken(): AsyncGenerator<never> {
      yield await Promise.reject(new Error('gone'));
    }
    const output = new PassThrough();
    const taken = buffer(output);
    taken.catch(() => undefined);
    const parts = { job: sampleJob, output, source: streamOf(sourceRows('Users')), rows: streamOf(sampleRows) };
    await expect(reportWorkbook({ ...parts, [side]: broken() })).rejects.toThrow('gone');
    await expect(taken).rejects.toThrow('gone');
    expect(output.destroyed).toBe(true);
  });

  test('passes a failure of the output on', async () => {
    const source = noisyRows(100_000);
    const output = new Writable({
      write(_chunk, _encoding, done) {
        done(new Error('disk full'));
      },
    });
    await expect(
      reportWorkbook({ job: sampleJob, output, source: source.stream, rows: streamOf([]) }),
    ).rejects.toThrow('disk full');
    expect(source.ended()).toBe(true);
    expect(source.taken()).toBeLessThan(100_000);
  });
});
