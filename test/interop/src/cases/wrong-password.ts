import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** Nobody comes in with another password; the client says so, and there is no job. */
export const wrongPassword: Case = {
  name: 'wrong password',
  promise: 'Nobody comes in with another password; the client says so, and there is no job.',
  steps: ['put'],
  play: async (scene) => {
    const file = await scene.file('stranger.csv', { about: 'stranger', rows: 2 });
    const outcome = await scene.run('put', { local: file.path, remote: '/stranger.csv' }, { password: 'rp_0000000000000000000000000000' });
    expect(outcome.code).not.toBe(0);
    expect(await scene.stat('/stranger.csv')).toBeNull();
    await expectJobs(scene, []);
  },
};
