import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** What was sent is listed, beside the folders of the box. */
export const listCase: Case = {
  name: 'list',
  promise: 'What was sent is listed, beside the folders of the box.',
  steps: ['put', 'list'],
  play: async (scene) => {
    const file = await scene.file('listed.csv', { about: 'listed', rows: 2 });
    await scene.runWell('put', { local: file.path, remote: '/listed.csv' });
    const { out } = await scene.runWell('list', { remote: '/' });
    for (const name of ['listed.csv', 'delta', 'full', 'incoming', 'receipts', 'test']) expect(out).toMatch(new RegExp(`(?<![\\w.-])${name}(?![\\w.-])`));
    await expectJobs(scene, [{ fileName: 'listed.csv', file }]);
  },
};
