import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { cases, fixturePath, shownDirectory, sortedDirectory } from '@rosterport/fixtures';
import type { Job } from '@rosterport/domain';
import { rosterport } from '../product/command-line.ts';
import { directoryOf, rowsOf } from '../product/https-client.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';

const at = sharedProduct();
beforeEach(() => emptied(at.database));

const folder = 'cases/tricks-of-spreadsheets';
const saved = readdirSync(fixturePath(folder)).filter((name) => /\.xlsx?$/.test(name));
const tricks = cases().find(({ name }) => name === 'tricks-of-spreadsheets')?.expected;

const send = async (name: string): Promise<Job> => sendOverSftp(at.product, `/incoming/${name}`, await readFile(fixturePath(join(folder, name))));
const codesOf = ({ issues }: Job): readonly string[] => issues.filter(({ scope }) => scope !== 'guard').map(({ code }) => code).sort();

test('what a spreadsheet may have damaged is said, cell by cell, and applied', async () => {
  const job = await send('libreoffice.xlsx');
  expect(job).toMatchObject({ state: 'applied', counts: { created: 6, rejected: 0 } });
  const told = (await rowsOf(at.product, job.id)).flatMap(({ sheet, row, issues }) => issues.map(({ code, severity, column, found }) => [sheet, row, severity, code, column, found]));
  expect(told).toEqual([
    ['USERS', 2, 'warning', 'validateNoDamagedNumbers', 'EmployeeID', expect.stringContaining('1234567890123450')],
    ['USERS', 3, 'warning', 'validateNoDamagedNumbers', 'EmployeeID', expect.stringContaining('2024-02-01')],
    ['USERS', 3, 'warning', 'validateNoSpreadsheetErrors', 'City', '#N/A'],
  ]);
  expect(codesOf(job)).toEqual(expect.arrayContaining(['validateLeadingZeros', 'validateNoMergedCells']));
  const report = await rosterport(at.product.dataDir, ['report', job.id]);
  expect(report).toMatchObject({ code: 0 });
  for (const word of ['USERS', 'may not be what was typed', 'may have lost leading zeros', 'Cells are merged']) expect(report.out).toContain(word);
});

test('one company, saved by six programs as .xlsx and .xls, is one company', async () => {
  expect(saved.length).toBeGreaterThan(8);
  const jobs: Job[] = [];
  for (const name of saved) jobs.push(await send(name));
  expect(jobs.map(({ fileName, state, counts }) => [fileName, state, counts.created, counts.unchanged])).toEqual(
    saved.map((name, index) => [name, 'applied', index === 0 ? 6 : 0, index === 0 ? 0 : 6]),
  );
  const { users, groups } = await directoryOf(at.product);
  expect(shownDirectory(users, groups)).toEqual(tricks === undefined ? null : sortedDirectory(tricks.directory));
});

test.each(['formulas-without-a-result', 'numbers-that-lost-digits', 'workbook-of-1904', 'workbook-as-excel-writes-text', 'workbook-with-prefix'])('%s', async (name) => {
  const story = cases().find((one) => one.name === name);
  for (const { path, expected } of story?.steps ?? []) {
    const job = await sendOverHttps(at.product, { fileName: expected.file, bytes: await readFile(path) });
    expect([job.state, job.counts]).toEqual([expected.state, expected.counts]);
  }
  const { users, groups } = await directoryOf(at.product);
  expect(shownDirectory(users, groups)).toEqual(story === undefined ? null : sortedDirectory(story.expected.directory));
});
