import { expectJobs, type Case } from '../case.ts';

/** A client that is killed half-way leaves no job. */
export const brokenConnection: Case = {
  name: 'broken connection',
  promise: 'A client that is killed half-way leaves no job.',
  steps: ['put'],
  play: async (scene) => {
    const file = await scene.file('broken.csv', { about: 'broken', rows: 300, padding: 3_000 });
    const after = await scene.file('after.csv', { about: 'after', rows: 2 });
    await scene.breakOff({ local: file.path, remote: '/broken.csv' }, file.size);
    await scene.putBeside('/after.csv', after);
    await expectJobs(scene, [{ fileName: 'after.csv', file: after }]);
  },
};
