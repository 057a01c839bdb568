import type { TestServer } from './test-server.ts';
import { fromSource } from './from-source.ts';

/**
 * Run by jest once before the tests of a project: starts the server that {@link testDatabase} copies from.
 * `ROSTERPORT_TEST_SERVER_URL` names one to use instead of the embedded one.
 */
async function setUp(): Promise<void> {
  const { startTestServer } = await fromSource(() => import('./test-server.ts'));
  const server = await startTestServer(process.env['ROSTERPORT_TEST_SERVER_URL']);
  process.env['ROSTERPORT_TEST_DATABASE'] = server.templateUrl;
  (globalThis as WithServer).rosterportTestServer = server;
}

/** The one thing that setup and teardown share is the process. */
export interface WithServer {
  rosterportTestServer?: TestServer;
}

// eslint-disable-next-line no-restricted-exports -- jest takes the default export
export default setUp;
