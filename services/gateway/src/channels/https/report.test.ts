import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Failure, noCounts, type JobId, type SheetHeader } from '@rosterport/domain';
import { migrateWakeUps } from '@rosterport/jobs';
import type { SourceRow } from '@rosterport/reports';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import exceljs from 'exceljs';
import { reportSchema } from './schemas.ts';
import { endNextJob, newTenant, openGateway, type TestGateway, type Verdict } from './test/gateway.ts';
import type { Reply } from './test/request.ts';

const database = testDatabase();
const folder = temporaryFolder();
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let gateway: TestGateway;
let token: string;
let reader: string;
let job: JobId;
let source: 'there' | 'gone' | 'broken' = 'there';

const header: SheetHeader = {
  kind: 'users',
  sheet: null,
  columns: [
    { position: 0, name: 'Employee ID', field: 'externalId' },
    { position: 1, name: 'First Name', field: null },
  ],
};

async function* sourceRows(): AsyncGenerator<SourceRow> {
  await Promise.resolve();
  if (source === 'gone') throw new Failure('stagedFileMissing', { values: { job } });
  yield { header, row: { row: 2, cells: ['E1', 'Åsa'] } };
  if (source === 'broken') throw new Error('Åsa broke the disk');
  yield { header, row: { row: 3, cells: ['E2', '=1+1'] } };
}

const verdicts: readonly Verdict[] = [
  { row: 2, externalId: 'E1', result: 'created' },
  { row: 3, externalId: 'E2', result: 'rejected', issues: [{ code: 'validateThatEmailIsCorrect', severity: 'error' }] },
];

beforeAll(async () => {
  await migrateWakeUps(database.db);
  gateway = await openGateway(database.db, folder, { sourceRows });
  const acme = await newTenant(database.db, 'acme');
  ({ token } = await acme.token('upload'));
  reader = (await acme.token('reports')).token;
  await gateway.upload(token, { name: 'anställda.csv' });
  job = await endNextJob(database.db, acme.tenantId, { verdicts, counts: { ...noCounts, created: 1, rejected: 1 } });
});

afterAll(() => gateway.close());

describe('what changed', () => {
  const wanted = { kind: 'user', record_id: 77, before: { phone: '+4670' }, after: { phone: '+4671' } } as const;

  beforeAll(async () => {
    const { rows } = await database.db.pool.query<{ tenant_id: string }>('select tenant_id from jobs where id = $1', [job]);
    await database.db.knex('journal').insert({ tenant_id: rows[0]!.tenant_id, job_id: job, ...wanted });
  });

  afterAll(() => database.db.knex('journal').where({ job_id: job }).del());

  test('stands in the reports of those who may see all, and not in those of senders', async () => {
    const path = `/v1/jobs/${job}/report`;
    const values = [{ field: 'phone', before: '+4670', after: '+4671' }];
    expect(reportSchema.parse((await gateway.get(path, reader)).json()).changes).toMatchObject([{ id: '77', action: 'updated', values }]);
    expect(reportSchema.parse((await gateway.get(path, token)).json())).not.toHaveProperty('changes');
    const names = async (who: string): Promise<string[]> => {
      const workbook = new exceljs.Workbook();
      await workbook.xlsx.load((await gateway.get(`${path}?format=xlsx`, who)).bytes as unknown as exceljs.Buffer);
      return workbook.worksheets.map(({ name }) => name);
    };
    expect(await names(reader)).toEqual(['Report', 'Changes', 'Users']);
    expect(await names(token)).toEqual(['Report', 'Users']);
  });
});

function download(query: string, accept?: string, method = 'GET'): Promise<Reply> {
  const headers = { authorization: token, ...(accept === undefined ? {} : { accept }) };
  return gateway.send({ method, path: `/v1/jobs/${job}/report${query}`, headers });
}

async function cellsOf(reply: Reply): Promise<string[][]> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(reply.bytes as unknown as exceljs.Buffer);
  const found: string[][] = [];
  workbook.worksheets.at(-1)?.eachRow((row) => {
    found.push((row.values as unknown[]).slice(1).map(String));
  });
  return found;
}

describe('a report', () => {
  test.each([
    ['', undefined, 'json', 'application/json; charset=utf-8'],
    ['', '*/*', 'json', 'application/json; charset=utf-8'],
    ['', 'image/png', 'json', 'application/json; charset=utf-8'],
    ['', 'text/csv', 'csv', 'text/csv; charset=utf-8'],
    ['', xlsx, 'xlsx', xlsx],
    ['?format=json', 'text/csv', 'json', 'application/json; charset=utf-8'],
    ['?format=csv', undefined, 'csv', 'text/csv; charset=utf-8'],
    ['?format=xlsx', undefined, 'xlsx', xlsx],
  ])('asked for by %p and Accept %p is %s, and named after the file', async (query, accept, extension, type) => {
    const reply = await download(query, accept);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe(type);
    const disposition = reply.headers['content-disposition'] ?? '';
    expect(disposition).toMatch(/^attachment; /);
    expect(decodeURIComponent(disposition)).toContain(`filename*=UTF-8''anställda-report.${extension}`);
    const head = await download(query, accept, 'HEAD');
    expect({ status: head.status, type: head.headers['content-type'], length: head.bytes.length }).toEqual({ status: 200, type, length: 0 });
  });

  test('in JSON holds the job and its rows', async () => {
    const report = reportSchema.parse((await download('')).json());
    expect(report.job).toMatchObject({ id: job, counts: { created: 1, rejected: 1 } });
    expect(report.rows.map(({ row, result, issues }) => [row, result, issues.length])).toEqual([
      [2, 'created', 0],
      [3, 'rejected', 1],
    ]);
  });

  test('in CSV holds a line for each row', async () => {
    const lines = (await download('?format=csv')).text.trimEnd().split(/\r?\n/);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^;2;E1;created;/);
    expect(lines[2]).toMatch(/^;3;E2;rejected;validateThatEmailIsCorrect;error;/);
  });

  test('as a workbook holds the rows of the file beside their results', async () => {
    const cells = await cellsOf(await download('?format=xlsx'));
    expect(cells.map((row) => [row[0], row[1], row[3], row[4]])).toEqual([
      ['Row', 'Result', 'Employee ID', 'First Name'],
      ['2', 'created', 'E1', 'Åsa'],
      ['3', 'rejected', 'E2', '=1+1'],
    ]);
  });

  test('as a workbook holds the results alone when the file is gone', async () => {
    source = 'gone';
    const cells = await cellsOf(await download('?format=xlsx'));
    source = 'there';
    expect(cells.slice(1).map((row) => [row[0], row[1], row[3]])).toEqual([
      ['2', 'created', 'E1'],
      ['3', 'rejected', 'E2'],
    ]);
  });

  test('that breaks on the way is cut off, and the log does not hold what broke', async () => {
    source = 'broken';
    await expect(download('?format=xlsx')).rejects.toThrow();
    source = 'there';
    expect(gateway.log()).toContain('A request broke');
    expect(gateway.log()).not.toContain('Åsa');
  });
});
