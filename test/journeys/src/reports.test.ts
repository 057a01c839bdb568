import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countedRows, rowResults, type Counts, type Job, type Page, type Receipt, type ReportRow } from '@rosterport/domain';
import { countResults, generate, shownRows, sortedRows, toXlsxByExceljs } from '@rosterport/fixtures';
import exceljs from 'exceljs';
import papaparse from 'papaparse';
import { rosterportJson } from './product/command-line.ts';
import { call, read, rowsOf } from './product/https-client.ts';
import { changesOf } from './product/operator.ts';
import { removeDataDir, startProduct, type Product } from './product/product.ts';
import { get, list, put, withSftp } from './product/sftp-client.ts';
import { jobIds, newJob } from './stories.ts';

const { users, groups, oracle } = generate({ seed: 5, users: 200, groups: 40, faultShare: 0.2, dialect: 'excel' });
const expectedRows = [...oracle.users, ...oracle.groups];
const expectedCounts = countResults(expectedRows);

let product: Product;
let job: Job;
let rows: readonly ReportRow[];

beforeAll(async () => {
  product = await startProduct();
  const bytes = await toXlsxByExceljs([users, groups]);
  const known = await jobIds(product);
  await withSftp(product, (sftp) => put(sftp, '/incoming/company.xlsx', bytes));
  job = await newJob(product, known);
  rows = await rowsOf(product, job.id);
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

/** What a token gets to see, with the status where it is refused. */
async function seen<Value>(token: string, path: string): Promise<Value | number> {
  const { status, body } = await call(product, { path, token });
  return status === 200 ? (JSON.parse(body.toString()) as Value) : status;
}

async function download(format: string): Promise<Buffer> {
  const { status, body } = await call(product, { path: `/v1/jobs/${job.id}/report?format=${format}`, token: product.facts.reportToken });
  expect(status).toBe(200);
  return body;
}

/** All items of a list, two at a time. */
async function inPairs(path: string): Promise<ReportRow[]> {
  const items: ReportRow[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page<ReportRow> = await read(product, `${path}limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    expect(page.items.length).toBeLessThanOrEqual(2);
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

/** How many rows have each result, each row counted once however many lines it has. */
function tally(results: Iterable<readonly [row: string, result: string]>): Counts {
  const byRow = [...new Map(results).values()];
  return Object.fromEntries(rowResults.map((one) => [one, byRow.filter((result) => result === one).length])) as Counts;
}

/** The job's findings about its rows, one entry a code. */
const byCode = (): { code: string; severity: string; count: number }[] =>
  job.issues.filter(({ scope }) => scope === 'row').map(({ code, severity, count }) => ({ code, severity, count }));

const keyOf = ({ sheet, row }: { sheet: string | null; row: string | number }): string => `${sheet} ${row}`;

describe('one upload with faults', () => {
  test('has a job whose counts add up, and a verdict on every row', async () => {
    expect(job).toMatchObject({ state: 'applied', fileName: 'company.xlsx', channel: 'sftp', counts: expectedCounts });
    expect(countedRows(job.counts)).toBe(users.rows.length + groups.rows.length);
    expect(shownRows(rows)).toEqual(sortedRows(expectedRows));
    expect(await read<Page<Job>>(product, '/v1/jobs')).toEqual({ items: [job], next: null });
    const codes = rows.flatMap(({ issues }) => issues.map(({ code }) => code));
    expect(byCode().map(({ code, count }) => [code, count]).sort()).toEqual(
      [...new Set(codes)].map((code) => [code, codes.filter((one) => one === code).length]).sort(),
    );
  });

  test.each(rowResults)('lists the rows that are %s, page by page', async (result) => {
    const found = await inPairs(`/v1/jobs/${job.id}/rows?result=${result}&`);
    expect(found).toEqual(rows.filter((row) => row.result === result));
    expect(found).toHaveLength(job.counts[result]);
  });

  test('lists the rows with each code, page by page', async () => {
    expect(byCode().length).toBeGreaterThan(10);
    for (const { code } of byCode()) {
      const bearing = rows.filter(({ issues }) => issues.some((issue) => issue.code === code));
      expect(await inPairs(`/v1/jobs/${job.id}/rows?code=${code}&`)).toEqual(bearing);
    }
    const rejected = rows.filter(({ result, issues }) => result === 'rejected' && issues.some(({ code }) => code === 'validateThatEmailIsCorrect'));
    expect(await inPairs(`/v1/jobs/${job.id}/rows?result=rejected&code=validateThatEmailIsCorrect&`)).toEqual(rejected);
    expect(rejected.length).toBeGreaterThan(0);
  });

  test('has a report in JSON', async () => {
    const changes = await changesOf(product, job.id);
    expect(changes.length).toBeGreaterThan(10);
    expect(JSON.parse((await download('json')).toString())).toEqual({ job, rows, changes });
  });

  test('has a report in CSV', async () => {
    const text = (await download('csv')).toString().replace(/^\uFEFF/, '');
    const { data, errors } = papaparse.parse<Record<string, string>>(text, { header: true, delimiter: ';', skipEmptyLines: true });
    expect(errors).toEqual([]);
    const ofRows = data.filter(({ row }) => row !== '');
    expect(data.length - ofRows.length).toBe(job.issues.filter(({ scope }) => scope === 'file').length);
    expect(tally(ofRows.map(({ sheet = '', row = '', result = '' }) => [keyOf({ sheet, row }), result]))).toEqual(job.counts);
    const findings = rows.flatMap((row) => row.issues.map(({ code, message }) => [row.sheet, String(row.row), code, message]));
    const told = ofRows.filter(({ code }) => code !== '');
    expect(told.map(({ sheet, row, code, message }) => [sheet, row, code, message])).toEqual(findings);
  });

  test('has a workbook with the rows and their verdicts', async () => {
    const workbook = new exceljs.Workbook();
    // The types of the library are older than those of Node.
    await workbook.xlsx.load((await download('xlsx')) as unknown as exceljs.Buffer);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Report', 'Changes', 'Users', 'Groups']);
    const found = [users, groups].flatMap(({ sheet }) => {
      const lines = workbook.getWorksheet(sheet)?.getRows(2, 1_000) ?? [];
      return lines.filter((line) => line.hasValues).map((line) => ({ sheet, row: Number(line.getCell(1).value), result: line.getCell(2).text, reasons: line.getCell(3).text, id: line.getCell(4).text }));
    });
    expect(tally(found.map((line) => [keyOf(line), line.result]))).toEqual(job.counts);
    const expected = rows.map(({ sheet, row, result, issues }) => ({ sheet, row, result, reasons: issues.map(({ message }) => message).join('\n') }));
    const byPlace = <Line extends { sheet: string | null; row: number }>(lines: readonly Line[]): readonly Line[] =>
      lines.toSorted((one, other) => (one.sheet ?? '').localeCompare(other.sheet ?? '') || one.row - other.row);
    expect(byPlace(found.map(({ id: _id, ...line }) => line))).toEqual(byPlace(expected));
    expect(found.filter(({ sheet }) => sheet === 'Users').map(({ id }) => id)).toEqual(users.rows.map(([id]) => id));
  });

  test('leaves receipts with rows and codes, and nothing of what stands in the cells', async () => {
    const names = ['json', 'csv'].map((ending) => `company.xlsx.${job.id}.${ending}`);
    const [json = '', csv = ''] = await withSftp(product, async (sftp) => {
      expect((await list(sftp, '/receipts')).sort()).toEqual(names.toSorted());
      const texts: string[] = [];
      for (const name of names) texts.push((await get(sftp, `/receipts/${name}`)).toString());
      return texts;
    });
    const receipt = JSON.parse(json) as Receipt;
    const faulty = rows.filter(({ issues }) => issues.length > 0);
    expect(receipt).toMatchObject({ job: job.id, state: 'applied', fileName: 'company.xlsx', counts: job.counts, changes: job.changes, truncated: false });
    expect(receipt.rows).toEqual(faulty.map((row) => ({ ...row, issues: row.issues.map(({ code, severity, column }) => ({ code, severity, column })) })));
    expect(receipt.issueCounts).toEqual(byCode());
    for (const result of rowResults) expect(csv).toContain(`\r\n${result};${job.counts[result]}\r\n`);
    expect(csv).toContain(`\r\nrows;${countedRows(job.counts)}\r\n`);
    expect(wordsOf(json).filter((word) => personal().has(word))).toEqual([]);
    expect(wordsOf(csv).filter((word) => personal().has(word))).toEqual([]);
  });
});

/** The texts between quotes and separators. */
function wordsOf(text: string): readonly string[] {
  return text.split(/[";\r\n]+/).map((word) => word.trim());
}

/** What stands in the cells about people. */
function personal(): ReadonlySet<string> {
  const columns = ['FirstName', 'LastName', 'Email', 'PhoneNumber'].map((name) => users.header.indexOf(name));
  expect(columns).not.toContain(-1);
  return new Set(users.rows.flatMap((cells) => columns.map((column) => (cells[column] ?? '').trim()).filter((cell) => cell !== '')));
}

describe('who sees the job', () => {
  let other: Job;
  let otherToken: string;
  let stranger: string;

  beforeAll(async () => {
    const issue = async (tenant: string, scopes: string): Promise<string> =>
      (await rosterportJson<{ token: string }>(product.dataDir, ['token', 'issue', '--tenant', tenant, '--scope', scopes])).token;
    otherToken = await issue('demo', 'upload');
    await rosterportJson(product.dataDir, ['tenant', 'add', 'acme']);
    stranger = await issue('acme', 'upload,reports,directory');
    const known = await jobIds(product);
    await withSftp(product, (sftp) => put(sftp, '/incoming/other.csv', Buffer.from('EmployeeID;FirstName\n')), { password: otherToken });
    other = await newJob(product, known);
  });

  const ids = (page: Page<Job> | number): unknown => (typeof page === 'number' ? page : page.items.map(({ id }) => id));

  test('the token that sent it sees its own jobs, the report token those of all', async () => {
    expect(ids(await seen<Page<Job>>(product.facts.token, '/v1/jobs'))).toEqual([job.id]);
    expect(ids(await seen<Page<Job>>(otherToken, '/v1/jobs'))).toEqual([other.id]);
    expect(ids(await seen<Page<Job>>(product.facts.reportToken, '/v1/jobs'))).toEqual([other.id, job.id]);
    expect(await seen(product.facts.token, `/v1/jobs/${job.id}`)).toEqual(job);
    for (const path of ['', '/rows', '/report']) expect(await seen(product.facts.token, `/v1/jobs/${other.id}${path}`)).toBe(404);
    expect(await seen(product.facts.token, '/v1/users')).toBe(403);
  });

  test('its receipts are for the credential that sent it', async () => {
    const listed = (password: string): Promise<string[]> => withSftp(product, (sftp) => list(sftp, '/receipts'), { password });
    expect((await listed(otherToken)).sort()).toEqual([`other.csv.${other.id}.csv`, `other.csv.${other.id}.json`]);
    const fetched = withSftp(product, (sftp) => get(sftp, `/receipts/company.xlsx.${job.id}.json`), { password: otherToken });
    await expect(fetched).rejects.toThrow('There is no such file.');
  });

  test('another tenant sees nothing, whatever its token may do', async () => {
    for (const path of ['/v1/jobs', '/v1/users', '/v1/groups']) expect(await seen(stranger, path)).toEqual({ items: [], next: null });
    for (const path of ['', '/rows', '/report', '/report?format=xlsx']) expect(await seen(stranger, `/v1/jobs/${job.id}${path}`)).toBe(404);
  });
});
