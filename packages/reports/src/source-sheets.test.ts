import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { annotatedRows } from './annotated-rows.ts';
import { streamOf, usersHeader } from './sample-job.ts';
import { sheetNames } from './sheet-names.ts';
import { writeSourceSheets } from './source-sheets.ts';
import { openWorkbookOutput } from './workbook-output.ts';

test('what a sheet cannot hold goes on in the next, under the same header', async () => {
  const output = new PassThrough();
  const bytes = buffer(output);
  const workbook = await openWorkbookOutput(output, new Date(0));
  const header = usersHeader('Users', ['EmployeeID']);
  const source = [2, 3, 4, 5, 6].map((row) => ({ header, row: { row, cells: [`E${row}`] } }));
  const rows = annotatedRows(streamOf(source), streamOf([]));
  await writeSourceSheets({ workbook, nameOf: sheetNames(), rows, job: { state: 'applied' }, rowsPerSheet: 3 });
  await workbook.close();
  const read = new ExcelJS.Workbook();
  await read.xlsx.load((await bytes) as unknown as ArrayBuffer);
  expect(read.worksheets.map((sheet) => [sheet.name, ...(sheet.getColumn(4).values as string[]).slice(1)])).toEqual([
    ['Users', 'EmployeeID', 'E2', 'E3'],
    ['Users (2)', 'EmployeeID', 'E4', 'E5'],
    ['Users (3)', 'EmployeeID', 'E6'],
  ]);
});
