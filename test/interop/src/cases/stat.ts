import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** The size of what was sent is told, also after its job has ended. */
export const statCase: Case = {
  name: 'stat',
  promise: 'The size of what was sent is told, also after its job has ended.',
  steps: ['put', 'stat'],
  play: async (scene) => {
    const file = await scene.file('told.csv', { about: 'told', rows: 7 });
    await scene.runWell('put', { local: file.path, remote: '/told.csv' });
    await expectJobs(scene, [{ fileName: 'told.csv', file }]);
    const { out } = await scene.runWell('stat', { remote: '/told.csv' });
    expect(out).toMatch(new RegExp(`(?<!\\d)${file.size}(?!\\d)`));
  },
};
