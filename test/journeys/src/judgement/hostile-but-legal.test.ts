import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { toXlsxByExceljs } from '@rosterport/fixtures';
import type { Job } from '@rosterport/domain';
import { call, rowsOf } from '../product/https-client.ts';
import { removeDataDir, startProduct, type Product } from '../product/product.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { peopleFile, personOf } from './people.ts';

let product: Product;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

/** What a job ended as, and how many findings bear each code. */
function verdict({ state, failure, issues }: Job): unknown {
  const counts = new Map<string, number>();
  for (const { code, count } of issues) counts.set(code, (counts.get(code) ?? 0) + count);
  return { state, failure, ...Object.fromEntries(counts) };
}

const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
const users = 'Employee ID;First Name;Last Name;Email';

test('a sheet of 16,384 columns', async () => {
  const width = 16_384;
  const header = ['EmployeeID', 'FirstName', 'LastName', 'Email', ...Array.from({ length: width - 4 }, (_, index) => `Column ${index + 5}`)];
  const cells = ['W1', 'Wide', 'Berg', 'wide@example.com', ...Array.from({ length: width - 4 }, (_, index) => String(index))];
  const job = await sendOverSftp(product, '/wide.xlsx', await toXlsxByExceljs([{ sheet: 'Users', header, rows: [cells] }]));
  expect(verdict(job)).toEqual({ state: 'applied', failure: null, validateNewAttributes: 1 });
  expect(job.issues[0]?.found).toMatch(new RegExp(`^${width - 4} of them: Column 10, .* and ${width - 14} more$`));
  expect(Object.keys((await personOf(product, 'W1')).attributes)).toHaveLength(width - 4);
});

test('nearly a megabyte in one cell, and more than that', async () => {
  const beside = 'M2;Bo;Dahl;m2@example.com;Lund\n';
  const large = await sendOverSftp(product, '/large.csv', `${users};City\nM1;Ada;Berg;m1@example.com;${'x'.repeat(1_000_000)}\n${beside}`);
  expect(verdict(large)).toMatchObject({ state: 'applied', validateValueLength: 1 });
  expect((await rowsOf(product, large.id)).map(({ result }) => result)).toEqual(['rejected', 'created']);
  const larger = await sendOverSftp(product, '/larger.csv', `${users};City\nM1;Ada;Berg;m1@example.com;${'x'.repeat(2_000_000)}\n${beside}`);
  expect(larger.state).toBe('rejected');
});

test('headers and ids that are names of our own', async () => {
  const job = await sendOverHttps(product, { bytes: `${users};__proto__;constructor\n__proto__;Ada;Berg;proto@example.com;polluted;x\n` });
  expect(verdict(job)).toEqual({ state: 'applied', failure: null, validateNewAttributes: 2 });
  expect(Object.entries((await personOf(product, '__proto__')).attributes)).toEqual([['__proto__', 'polluted'], ['constructor', 'x']]);
});

test('marks that cannot be seen, NUL and control characters', async () => {
  const rows = [{ id: 'U\u200B1', email: 'u1\u200F@example.com' }, { id: 'U2', first: 'A\u0000da' }, { id: 'U3', last: 'B\u0007erg' }];
  const job = await sendOverSftp(product, '/unseen.csv', peopleFile(rows));
  expect((await rowsOf(product, job.id)).map(({ externalId, result, issues }) => [externalId, result, ...new Set(issues.map(({ code }) => code))])).toEqual([
    ['U1', 'created', 'validateNoInvisibleCharacters'],
    ['U2', 'rejected', 'validateCharacters'],
    ['U3', 'rejected', 'validateCharacters'],
  ]);
  expect(await personOf(product, 'U1')).toMatchObject({ email: 'u1@example.com' });
});

test('ten thousand groups in one chain', async () => {
  const header = 'OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit\n';
  const job = await sendOverSftp(product, '/chain.csv', header + lines(10_000, (index) => `C${index};Link ${index};;;${index === 0 ? '' : `C${index - 1}`}`));
  expect(verdict(job)).toEqual({ state: 'applied', failure: null });
  expect(job.counts.created).toBe(10_000);
});

test('thirty thousand rows of which each is a duplicate', async () => {
  const job = await sendOverSftp(product, '/twins.csv', `${users}\n${lines(30_000, (index) => `T${index};Ada;Berg;twin@example.com`)}`);
  expect(verdict(job)).toMatchObject({ state: 'applied', failure: null, validateNoEmailDuplicates: 30_000 });
  expect(job.counts).toMatchObject({ rejected: 30_000, created: 0 });
});

test('after all of it the product is well: no fault of its own, and memory that a small machine has', async () => {
  expect(await call(product, { path: '/readyz' })).toMatchObject({ status: 200 });
  expect(await sendOverHttps(product, { bytes: peopleFile([{ id: 'Z1' }]) })).toMatchObject({ state: 'applied', counts: { created: 1 } });
  const levels = product.log().trim().split('\n').map((line) => (JSON.parse(line) as { level: string }).level);
  expect(levels.filter((level) => level === 'error')).toEqual([]);
  const status = `/proc/${product.process.pid ?? 0}/status`;
  const peak = existsSync(status) ? Number(/^VmHWM:\s+(\d+) kB$/m.exec(await readFile(status, 'utf8'))?.[1]) : 0;
  expect(peak).toBeLessThan(600_000);
});
