import type { WithServer } from './global-setup.ts';

/** Run by jest once after the tests of a project. */
async function tearDown(): Promise<void> {
  await (globalThis as WithServer).rosterportTestServer?.stop();
}

// eslint-disable-next-line no-restricted-exports -- jest takes the default export
export default tearDown;
