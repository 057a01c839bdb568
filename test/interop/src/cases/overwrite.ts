import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** A shorter file of the same name is another job, and nothing of the longer one stays. */
export const overwrite: Case = {
  name: 'overwrite',
  promise: 'A shorter file of the same name is another job, and nothing of the longer one stays.',
  steps: ['put'],
  play: async (scene) => {
    const longer = await scene.file('longer.csv', { about: 'over', rows: 40 });
    const shorter = await scene.file('shorter.csv', { about: 'over', rows: 2 });
    for (const { path } of [longer, shorter]) await scene.runWell('put', { local: path, remote: '/over.csv' });
    expect(await scene.stat('/over.csv')).toMatchObject({ size: shorter.size });
    await expectJobs(scene, [longer, shorter].map((file) => ({ fileName: 'over.csv', file })));
  },
};
