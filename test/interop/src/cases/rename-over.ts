import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** A rename over a file that was accepted makes a second job and leaves the first. */
export const renameOver: Case = {
  name: 'rename over',
  promise: 'A rename over a file that was accepted makes a second job and leaves the first.',
  steps: ['put', 'putAndRename'],
  play: async (scene) => {
    const first = await scene.file('first.csv', { about: 'replaced', rows: 5 });
    const second = await scene.file('second.csv', { about: 'replaced', rows: 3 });
    await scene.runWell('put', { local: first.path, remote: '/replaced.csv' });
    // Its job has ended before: a client that removes what it is about to replace takes back a job that waits.
    await expectJobs(scene, [{ fileName: 'replaced.csv', file: first }]);
    await scene.runWell('putAndRename', { local: second.path, temporary: '/replaced.csv.part', remote: '/replaced.csv' });
    expect(await scene.stat('/replaced.csv')).toMatchObject({ size: second.size });
    await expectJobs(scene, [first, second].map((file) => ({ fileName: 'replaced.csv', file })));
  },
};
