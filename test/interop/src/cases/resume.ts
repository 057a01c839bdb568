import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** What is left of a broken upload is continued, and the whole file is one job. */
export const resume: Case = {
  name: 'resume',
  promise: 'What is left of a broken upload is continued, and the whole file is one job.',
  steps: ['put', 'resume'],
  play: async (scene) => {
    const file = await scene.file('resumed.csv', { about: 'resumed', rows: 300, padding: 3_000 });
    await scene.breakOff({ local: file.path, remote: '/resumed.csv' }, file.size);
    await scene.runWell('resume', { local: file.path, remote: '/resumed.csv' });
    expect(await scene.stat('/resumed.csv')).toMatchObject({ size: file.size });
    await expectJobs(scene, [{ fileName: 'resumed.csv', file }]);
  },
};
