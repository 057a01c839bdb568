import { expect } from '@jest/globals';
import type { Case } from '../case.ts';

/** Every file of a folder that is sent as a whole becomes a job of the folder that it comes to. */
export const mirror: Case = {
  name: 'folder',
  promise: 'Every file of a folder that is sent as a whole becomes a job of the folder that it comes to.',
  steps: ['mirror'],
  play: async (scene) => {
    const names = ['test-1.csv', 'test-2.csv', 'test-3.csv'];
    const files = await Promise.all(names.map((name, at) => scene.file(`test/${name}`, { about: 'mirrored', rows: at + 2 })));
    await scene.runWell('mirror', { local: scene.path('test'), remote: '/test' });
    const jobs = await scene.jobs(files.length);
    const told = jobs.map(({ fileName, sha256, folder, state, dryRun }) => ({ fileName, sha256, folder, state, dryRun }));
    const expected = files.map(({ sha256 }, at) => ({ fileName: names[at], sha256, folder: '/test', state: 'previewed', dryRun: true }));
    // In which order the files of a folder go is the client's affair.
    expect(told.sort((one, other) => one.fileName.localeCompare(other.fileName))).toEqual(expected);
  },
};
