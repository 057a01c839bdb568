import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { issueCatalogue, issueCodes, type Job } from '@rosterport/domain';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { call, rowsOf, uploadFile } from '../product/https-client.ts';
import { refusalOf, tell } from '../product/operator.ts';
import { sendOverHttps } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { peopleFile } from './people.ts';

const at = sharedProduct();
let job: Job;

/** A file that breaks each promise whose name the first integrations know. */
beforeAll(async () => {
  await rosterportJson(at.product.dataDir, ['tenant', 'add', 'other']);
  const { token } = await rosterportJson<{ token: string }>(at.product.dataDir, ['token', 'issue', '--tenant', 'other']);
  await uploadFile(at.product, { fileName: 'users.csv', bytes: Buffer.from(peopleFile([{ id: 'Z1', email: 'zoe@example.com' }])), token });
  await tell(at.product, { method: 'PUT', path: '/v1/admin/attributes/Grade', json: { type: 'list', options: ['A', 'B'] } });
  await tell(at.product, { method: 'PATCH', path: '/v1/admin/feeds/default', json: { policy: { unknownAttribute: 'strict' } } });
  const bytes = peopleFile([
    { id: 'E1', PhoneNumber: '090-1234' },
    { id: 'E2', PhoneNumber: '+46 70 174 06 05' },
    { id: 'E3', PhoneNumber: '+46701740605' },
    { id: 'E4', email: 'zoe@example.com' },
    { id: 'E5', Grade: 'C' },
    { id: 'E6' },
  ]);
  job = await sendOverHttps(at.product, { bytes });
});

const old = ['validateThatPhoneNumberIsCorrect', 'validateNoPhoneDuplicates', 'validateNoPhoneDuplicates', 'validateDuplicateMailInAnotherCompany', 'validateExternalProperties'];

test('the names that integrations know are kept', async () => {
  const rows = await rowsOf(at.product, job.id);
  expect(rows.map(({ externalId, issues }) => [externalId, ...issues.map(({ code }) => code)])).toEqual([
    ...old.map((code, index) => [`E${index + 1}`, code]),
    ['E6'],
  ]);
});

test('a wrong token is apiTokenValidation, and a bare 400 where the older service answered so', async () => {
  expect(await refusalOf(at.product, { path: '/v1/jobs', token: 'rp_wrong' })).toEqual([401, 'apiTokenValidation']);
  const answer = await uploadFile(at.product, { fileName: 'users.csv', bytes: Buffer.from(peopleFile([{ id: 'E1' }])), token: 'rp_wrong' });
  expect([answer.status, answer.body.length]).toEqual([400, 0]);
});

test('rows are found by their code', async () => {
  const items = await rowsOf(at.product, job.id);
  for (const code of new Set(old)) {
    const found = await tell<{ items: { row: number }[] }>(at.product, { path: `/v1/jobs/${job.id}/rows?code=${code}` });
    expect(found.items.map(({ row }) => row)).toEqual(items.filter(({ issues }) => issues.some((issue) => issue.code === code)).map(({ row }) => row));
  }
});

test('a report says how each finding is mended', async () => {
  const { out } = await rosterport(at.product.dataDir, ['report', job.id]);
  for (const code of new Set(old)) {
    expect(out).toContain(code);
    expect(out).toContain(issueCatalogue[code as keyof typeof issueCatalogue].mend);
  }
});

test('every code is explained by the running product and on the page of codes', async () => {
  const shown = (await call(at.product, { path: '/docs/issues' })).body.toString();
  const page = await readFile(new URL('../../../../docs/issue-codes.md', import.meta.url), 'utf8');
  expect(issueCodes.filter((code) => !shown.includes(`id="${code}"`))).toEqual([]);
  expect(issueCodes.filter((code) => !page.includes(`### ${code}\n`) && !page.includes(`### \`${code}\`\n`))).toEqual([]);
});
