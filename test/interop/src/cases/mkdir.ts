import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** A folder cannot be made; the client says so, and there is none. */
export const mkdirCase: Case = {
  name: 'mkdir refused',
  promise: 'A folder cannot be made; the client says so, and there is none.',
  steps: ['mkdir'],
  play: async (scene) => {
    expect((await scene.run('mkdir', { remote: '/made' })).code).not.toBe(0);
    expect(await scene.stat('/made')).toBeNull();
    await expectJobs(scene, []);
  },
};
