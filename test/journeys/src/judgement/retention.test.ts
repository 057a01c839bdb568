import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Job } from '@rosterport/domain';
import exceljs from 'exceljs';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { call, finishedJob, read, rowsOf, uploadFile } from '../product/https-client.ts';
import { samplePath } from '../product/sample.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { until } from '../product/until.ts';

const at = sharedProduct();

async function sendSample(): Promise<Job> {
  const answer = await uploadFile(at.product, { fileName: 'users.csv', bytes: await readFile(samplePath), path: '/v1/files' });
  return finishedJob(at.product, (JSON.parse(answer.body.toString()) as Job).id);
}

const receivedFiles = (): number =>
  readdirSync(join(at.product.dataDir, 'staging/kept'), { recursive: true }).filter((name) => String(name).endsWith('.file')).length;

test('what was kept long enough goes, the report says so, and the numbers stay', async () => {
  const job = await sendSample();
  const { dataDir, facts } = at.product;
  expect((await rosterport(dataDir, ['clean'])).out).toBe('There was nothing to remove.\n');

  const brief = { ROSTERPORT_KEEP_FILES: '1s', ROSTERPORT_KEEP_ROW_RESULTS: '1s', ROSTERPORT_KEEP_JOURNAL: '2s' };
  const cleaned = await until('everything of the job is removed', async () => {
    await rosterportJson(dataDir, ['clean'], brief);
    const now = await read<Job>(at.product, `/v1/jobs/${job.id}`);
    return now.removed.file !== null && now.removed.rows !== null && now.removed.journal !== null && now;
  });
  expect(cleaned).toEqual({ ...job, removed: cleaned.removed });
  expect([receivedFiles(), await rowsOf(at.product, job.id)]).toEqual([0, []]);

  const told = await rosterport(dataDir, ['report', job.id], { env: { ROSTERPORT_TOKEN: facts.reportToken } });
  expect(told.out).toContain(`The results of the rows are no longer kept; they were removed at ${cleaned.removed.rows}.\n`);
  const workbook = new exceljs.Workbook();
  const { body } = await call(at.product, { path: `/v1/jobs/${job.id}/report?format=xlsx`, token: facts.reportToken });
  await workbook.xlsx.load(body as unknown as ArrayBuffer);
  expect(workbook.getWorksheet('Report')?.getCell('A2').value).toContain('The results of the rows are no longer kept');
  expect(workbook.getWorksheet('Users')).toBeUndefined();

  const revert = await call(at.product, { method: 'POST', path: `/v1/jobs/${job.id}/revert`, token: facts.operatorToken });
  expect([revert.status, JSON.parse(revert.body.toString())]).toEqual([409, expect.objectContaining({ code: 'revertExpired' })]);
});

test('rosterport clean refuses to keep the journal for a shorter time than row results', async () => {
  const { code, err } = await rosterport(at.product.dataDir, ['clean'], { env: { ROSTERPORT_KEEP_JOURNAL: '1d' } });
  expect(code).toBe(2);
  expect(err).toContain('ROSTERPORT_KEEP_JOURNAL must be longer than ROSTERPORT_KEEP_ROW_RESULTS');
});
