import { hostname } from 'node:os';
import { join } from 'node:path';
import { openAuthenticator } from '@rosterport/access';
import { migrate, openDatabase, startEmbedded, type Database } from '@rosterport/database';
import {
  ensureCertificate,
  ensureHostKeys,
  openDoor,
  openDoorkeeper,
  openQuotas,
  openDropFolder,
  openHttps,
  openSftp,
  ownProxyHeader,
  withQuotas,
  type Certificate,
  type Door,
  type DoorOptions,
  type GatewayContext,
  type HostKeys,
} from '@rosterport/gateway';
import type { JobId } from '@rosterport/domain';
import { countMissingFiles, countOpenJobs, migrateWakeUps } from '@rosterport/jobs';
import { openProcessor, openScratch, searchFile, sourceRows, type ProcessorContext } from '@rosterport/processor';
import { lockFolder, openMetrics, type Lifecycle, type Logger, type Metrics } from '@rosterport/runtime';
import { openStaging, type Staging } from '@rosterport/staging';
import { keepingOf, sftpLimitsOf } from '../door-settings.ts';
import { lifetimesOf, type Settings } from '../settings.ts';
import { greets } from './ssh-banner.ts';

/** What a running Rosterport tells about itself. */
export interface Running {
  readonly database: Database;
  readonly sftpPort: number;
  readonly httpsPort: number;
  readonly hostKeys: HostKeys;
  readonly certificate: Certificate;
  /** Resolves when the embedded database ended by itself; never with a database of one's own. */
  readonly databaseEnded: Promise<void>;
}

/** The steps of a file that can be watched. */
export type StepOfFile = Parameters<NonNullable<DoorOptions['onStep']>>[1] | Parameters<NonNullable<ProcessorContext['onStep']>>[1];

/** What the process brings along. */
export interface StartOptions {
  readonly settings: Settings;
  readonly log: Logger;
  /** Takes charge of closing everything, also when starting fails halfway. */
  readonly lifecycle: Lifecycle;
  /** Told of every step of every file, from the seal on. */
  readonly onStep?: (jobId: JobId, step: StepOfFile) => void;
}

/** Opens every room in its order: folder, database, staging, processor, and the doors last. */
export async function startAll(options: StartOptions): Promise<Running> {
  const { settings, log, lifecycle } = options;
  const { dataDir } = settings;
  await lifecycle.add('data folder', { open: () => lockFolder(dataDir), close: (lock) => lock.release() });
  const { database, databaseEnded } = await startDatabase(options);
  const metrics = openMetrics();
  const staging = await lifecycle.add('staging', {
    open: () => openStaging({ folder: join(dataDir, 'staging'), log, partialsKeptSeconds: settings.keepPartials / 1_000 }),
    close: (opened) => opened.close(),
  });
  showGauges(metrics, { database, staging });
  const scratch = await openScratch(join(dataDir, 'scratch'));
  const watched = options.onStep === undefined ? {} : { onStep: options.onStep };
  const quotas = openQuotas({ database, usual: { dailyBytes: settings.dailyBytes, dailyFiles: settings.dailyFiles } });
  const door = withQuotas(openDoor({ database, staging, metrics, log, ...watched }), quotas);
  await startProcessor(options, { database, staging, scratch, metrics, log, ...watched });
  await watchInbox(lifecycle, staging, door);
  const authenticator = await lifecycle.add('authenticator', {
    open: () => openAuthenticator(database),
    close: (opened) => opened.close(),
  });
  const doorkeeper = await lifecycle.add('doorkeeper', {
    open: () => openDoorkeeper({ database, log, metrics, ...keepingOf(settings) }),
    close: (opened) => opened.close(),
  });
  const context: GatewayContext = { database, staging, authenticator, door, doorkeeper, quotas, log, metrics };
  return { database, databaseEnded, ...(await openDoors(options, context, readersOf({ staging, scratch }))) };
}

/** Connections for the doors, and for what jobs ask beside the connection that each of them holds. */
const sharedConnections = 18;

async function startDatabase({ settings, log, lifecycle }: StartOptions): Promise<Pick<Running, 'database' | 'databaseEnded'>> {
  let url = settings.databaseUrl?.reveal();
  let databaseEnded = new Promise<void>(() => undefined);
  if (url === undefined) {
    const folder = join(settings.dataDir, 'postgres');
    const embedded = await lifecycle.add('embedded PostgreSQL', {
      open: () => startEmbedded({ folder, log: (message, fields) => log.info(message, fields) }),
      close: (server) => server.stop(),
    });
    url = embedded.url;
    databaseEnded = embedded.exited.then(() => undefined);
  }
  const target = url;
  const database = await lifecycle.add('database', {
    open: () => openDatabase({ url: target, poolSize: sharedConnections + settings.concurrency + 1 }),
    close: (opened) => opened.close(),
  });
  const applied = await migrate(database);
  await migrateWakeUps(database);
  if (applied.length > 0) log.info('The database was migrated', { migrations: applied });
  return { database, databaseEnded };
}

async function startProcessor({ settings, lifecycle }: StartOptions, context: ProcessorContext): Promise<void> {
  await lifecycle.add('processor', {
    open: () => openProcessor(context, { concurrency: settings.concurrency, lifetimes: lifetimesOf(settings) }),
    close: (processor) => processor.close(),
  });
}

async function watchInbox(lifecycle: Lifecycle, staging: Staging, door: Door): Promise<void> {
  await lifecycle.add('inbox', { open: () => staging.watch((envelope) => door.register(envelope)), close: (watch) => watch.close() });
}

type Readers = Pick<Parameters<typeof openHttps>[1], 'sourceRows' | 'searchFile'>;

/** The two reasons for which sealed files are read again: reports that show their rows, and people who are to be erased. */
function readersOf(rooms: Parameters<typeof sourceRows>[0]): Readers {
  return {
    sourceRows: (job) => sourceRows(rooms, job.id),
    searchFile: (jobId, mentions) => searchFile(rooms, jobId, mentions),
  };
}

type Doors = Pick<Running, 'sftpPort' | 'httpsPort' | 'hostKeys' | 'certificate'>;

async function openDoors(
  { settings, lifecycle }: StartOptions,
  context: GatewayContext,
  readers: Readers,
): Promise<Doors> {
  const { dataDir, host } = settings;
  const address = host === null ? {} : { host };
  const names = ['localhost', hostname(), '127.0.0.1', '::1', ...(host === null ? [] : [host])];
  const hostKeys = await ensureHostKeys(join(dataDir, 'ssh'));
  const certificate = await ensureCertificate(join(dataDir, 'tls'), names);
  await lifecycle.add('drop folder', {
    open: () =>
      openDropFolder(context, {
        folder: join(dataDir, 'drop'),
        settleSeconds: settings.dropSettle / 1_000,
        limitBytes: settings.fileLimit,
      }),
    close: (opened) => opened.close(),
  });
  const sftp = await lifecycle.add('SFTP', {
    open: () =>
      openSftp(context, {
        ...address,
        port: settings.sftpPort,
        hostKeys: hostKeys.keys,
        limitBytes: settings.fileLimit,
        limits: sftpLimitsOf(settings),
        proxies: settings.proxyNetworks,
        postQuantum: settings.sftpPostQuantum === 'on',
        nistCurves: settings.sftpNistCurves === 'on',
      }),
    close: (server) => server.close(),
  });
  const { database, staging } = context;
  const https = await lifecycle.add('HTTPS', {
    open: () =>
      openHttps(context, {
        ...address,
        port: settings.httpsPort,
        proxies: settings.proxyNetworks,
        certificate,
        uploadFileLimitBytes: settings.uploadFileLimit,
        filesLimitBytes: settings.fileLimit,
        readiness: async () => ({
          database: await database.healthy(),
          staging: await staging.healthy(),
          sftp: await greets(sftp.port, { host: host ?? undefined, first: settings.proxyNetworks.has(host ?? '127.0.0.1') ? ownProxyHeader : undefined }),
        }),
        ...readers,
      }),
    close: (server) => server.close(),
  });
  return { sftpPort: sftp.port, httpsPort: https.port, hostKeys, certificate };
}

/** Gauges that are read when somebody asks. */
function showGauges(metrics: Metrics, { database, staging }: { database: Database; staging: Staging }): void {
  metrics.beforeText(async () => {
    const open = await countOpenJobs(database);
    for (const state of ['staged', 'processing', 'waiting', 'held']) {
      metrics.set('rosterport_open_jobs', { state }, open[state] ?? 0);
    }
  });
  metrics.beforeText(async () => metrics.set('rosterport_missing_files', {}, await countMissingFiles(database)));
  metrics.beforeText(async () => metrics.set('rosterport_staging_free_bytes', {}, await staging.freeBytes()));
}
