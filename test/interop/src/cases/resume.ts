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
    const left = (await scene.stat('/resumed.csv'))?.size ?? 0;
    expect(left).toBeGreaterThan(100_000);
    // A client that begins anew would come to the same job.
    expect(await scene.bytesOf('resume', { local: file.path, remote: '/resumed.csv' })).toBeLessThan(file.size - left / 2);
    expect(await scene.stat('/resumed.csv')).toMatchObject({ size: file.size });
    await expectJobs(scene, [{ fileName: 'resumed.csv', file }]);
  },
};
