import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import type { Receipt } from '@rosterport/domain';
import { expectJobs, type Case } from '../case.ts';

/** The receipt of a job can be fetched. */
export const readReceipt: Case = {
  name: 'receipt',
  promise: 'The receipt of a job can be fetched.',
  steps: ['put', 'get'],
  play: async (scene) => {
    const file = await scene.file('receipt.csv', { about: 'receipt', rows: 2 });
    await scene.runWell('put', { local: file.path, remote: '/receipt.csv' });
    const [job] = await scene.jobs(1);
    await scene.runWell('get', { local: scene.path('receipt.json'), remote: `/receipts/receipt.csv.${job?.id}.json` });
    const receipt = JSON.parse(await readFile(scene.path('receipt.json'), 'utf8')) as Receipt;
    expect(receipt).toMatchObject({ job: job?.id, state: 'applied', counts: { created: 2 } });
    await expectJobs(scene, [{ fileName: 'receipt.csv', file }]);
  },
};
