import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { expectJobs, type Case } from '../case.ts';

/** The bytes of an upload are never given back, and the client says so. */
export const refuseRead: Case = {
  name: 'read refused',
  promise: 'The bytes of an upload are never given back, and the client says so.',
  steps: ['put', 'get'],
  play: async (scene) => {
    const file = await scene.file('secret.csv', { about: 'secret', rows: 2 });
    await scene.runWell('put', { local: file.path, remote: '/secret.csv' });
    expect((await scene.run('get', { local: scene.path('back.csv'), remote: '/secret.csv' })).code).not.toBe(0);
    expect(await readFile(scene.path('back.csv'), 'utf8').catch(() => '')).toBe('');
    await expectJobs(scene, [{ fileName: 'secret.csv', file }]);
  },
};
