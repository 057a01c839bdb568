import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openAuthenticator } from '@rosterport/access';
import { openDatabase } from '@rosterport/database';
import { ensureHostKeys, openDoor, openDoorkeeper, openQuotas, openSftp, withQuotas } from '@rosterport/gateway';
import { openLogger, openMetrics } from '@rosterport/runtime';
import { openStaging } from '@rosterport/staging';
import type { GatewayTask, GatewayWish, GatewayWord } from './gateway-task.ts';

/** Milliseconds between two looks at the event loop; the delay that it tells contains them. */
const resolution = 5;

process.once('message', (task: GatewayTask) => {
  serve(task).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
});

/** The gateway with everything that it has in the product, but without a processor beside it. */
async function serve({ folder, databaseUrl, connections }: GatewayTask): Promise<void> {
  const log = openLogger({ level: 'info', secrets: [databaseUrl] });
  const database = await openDatabase({ url: databaseUrl, poolSize: 20 });
  const metrics = openMetrics();
  const staging = await openStaging({ folder: join(folder, 'staging'), log });
  const quotas = openQuotas({ database });
  const door = withQuotas(openDoor({ database, staging, metrics, log }), quotas);
  const watch = await staging.watch((envelope) => door.register(envelope));
  const authenticator = openAuthenticator(database);
  const doorkeeper = await openDoorkeeper({ database, log, metrics });
  const startups = { start: connections, rate: 100, full: connections };
  const limits = { maxConnections: connections, startups, perAddress: connections, perTenant: connections };
  const { keys } = await ensureHostKeys(join(folder, 'ssh'));
  const sftp = await openSftp(
    { database, staging, authenticator, door, doorkeeper, quotas, log, metrics },
    { port: 0, host: '127.0.0.1', hostKeys: keys, limitBytes: 2 ** 30, limits },
  );
  const loop = monitorEventLoopDelay({ resolution });
  const close = async (): Promise<void> => {
    for (const part of [sftp, authenticator, doorkeeper, watch, staging, database, log]) await part.close();
    process.disconnect();
  };
  process.on('message', (wish: GatewayWish) => {
    switch (wish) {
      case 'watch':
        loop.enable();
        loop.reset();
        return say({ kind: 'watching' });
      case 'tell':
        loop.disable();
        return say({ kind: 'delay', p99: loop.percentile(99) / 1e6 });
      case 'close':
        void close();
    }
  });
  say({ kind: 'ready', port: sftp.port });
}

function say(word: GatewayWord): void {
  process.send?.(word);
}
