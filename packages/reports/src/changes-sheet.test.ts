import { buffer } from 'node:stream/consumers';
import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { writeChanges } from './changes-sheet.ts';
import { sampleChanges, sampleJob, streamOf } from './sample-job.ts';
import { sheetNames } from './sheet-names.ts';
import { openWorkbookOutput } from './workbook-output.ts';

test('what a sheet cannot hold goes on in the next, under the same header', async () => {
  const output = new PassThrough();
  const bytes = buffer(output);
  const workbook = await openWorkbookOutput(output, new Date(0));
  await writeChanges({ workbook, nameOf: sheetNames(), job: sampleJob, changes: streamOf(sampleChanges), rowsPerSheet: 4 });
  await workbook.close();
  const read = new ExcelJS.Workbook();
  await read.xlsx.load((await bytes) as unknown as ArrayBuffer);
  expect(read.worksheets.map((sheet) => [sheet.name, ...(sheet.getColumn(5).values as string[]).slice(1)])).toEqual([
    ['Changes', 'Value', 'active', 'inactiveCause', 'phone'],
    ['Changes (2)', 'Value', 'attributes.City', 'group', 'manager of D2'],
    ['Changes (3)', 'Value'],
  ]);
});
