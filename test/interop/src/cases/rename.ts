import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** A file that travels under a temporary name becomes one job, under its last name. */
export const renameCase: Case = {
  name: 'rename',
  promise: 'A file that travels under a temporary name becomes one job, under its last name.',
  steps: ['putAndRename'],
  play: async (scene) => {
    const file = await scene.file('renamed.csv', { about: 'renamed', rows: 3 });
    await scene.runWell('putAndRename', { local: file.path, temporary: '/renamed.csv.part', remote: '/renamed.csv' });
    expect(await scene.stat('/renamed.csv')).toMatchObject({ size: file.size });
    expect(await scene.stat('/renamed.csv.part')).toBeNull();
    await expectJobs(scene, [{ fileName: 'renamed.csv', file }]);
  },
};
