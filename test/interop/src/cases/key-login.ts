import { expectJobs, type Case } from '../case.ts';
import type { KeyKind } from '../client.ts';

/** Whoever holds a key of this kind comes in without the token. */
export function keyLogin(key: KeyKind): Case {
  return {
    name: `${key} key`,
    promise: 'Whoever holds a key that was registered comes in without the token.',
    steps: ['put'],
    key,
    play: async (scene) => {
      const file = await scene.file('by-key.csv', { about: `by-${key}`, rows: 2 });
      await scene.runWell('put', { local: file.path, remote: `/by-${key}.csv` }, { key });
      await expectJobs(scene, [{ fileName: `by-${key}.csv`, file }]);
    },
  };
}
