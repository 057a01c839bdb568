import { expect } from '@jest/globals';
import type { Case } from '../case.ts';

/** What was sent before and has not changed is not sent again, though its job has ended and its session too. */
export const mirrorNewer: Case = {
  name: 'folder again',
  promise: 'What was sent before and has not changed is not sent again.',
  steps: ['mirrorNewer'],
  play: async (scene) => {
    const send = async (name: string): Promise<void> => {
      await scene.file(`delta/${name}`, { about: name.replace('.csv', ''), rows: 2 });
      await scene.runWell('mirrorNewer', { local: scene.path('delta'), remote: '/delta' });
    };
    await send('first.csv');
    await scene.jobs(1);
    await send('second.csv');
    const jobs = await scene.jobs(2);
    expect(jobs.map(({ fileName, folder, state }) => [fileName, folder, state])).toEqual([
      ['first.csv', '/delta', 'applied'],
      ['second.csv', '/delta', 'applied'],
    ]);
  },
};
