import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';
import { statOf } from '../scene/scene.ts';

/** The time of the file on the sender’s machine is shown on the other side. */
export const putKeepingTime: Case = {
  name: 'put, times kept',
  promise: 'The time of the file on the sender’s machine is shown on the other side.',
  steps: ['putKeepingTime'],
  play: async (scene) => {
    const file = await scene.file('kept.csv', { about: 'kept', rows: 3 });
    await scene.watching(async (sftp) => {
      await scene.runWell('putKeepingTime', { local: file.path, remote: '/kept.csv' });
      expect(await statOf(sftp, '/kept.csv')).toMatchObject({ size: file.size, mtime: file.modified });
    });
    await expectJobs(scene, [{ fileName: 'kept.csv', file }]);
  },
};
