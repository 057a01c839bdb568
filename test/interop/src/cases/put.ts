import { expectJobs, type Case } from '../case.ts';

/** The file becomes one job, with all its bytes. */
export const putCase: Case = {
  name: 'put',
  promise: 'The file becomes one job, with all its bytes.',
  steps: ['put'],
  play: async (scene) => {
    const file = await scene.file('put.csv', { about: 'put', rows: 3 });
    await scene.runWell('put', { local: file.path, remote: '/put.csv' });
    await expectJobs(scene, [{ fileName: 'put.csv', file }]);
  },
};
