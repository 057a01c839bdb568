import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { noNetworks, type Networks } from '@rosterport/runtime';
import type { SearchFile } from '../../erasure/search-jobs.ts';
import type { GatewayContext } from '../../gateway-context.ts';
import { listen } from '../../listen.ts';
import { behindProxies } from '../../proxy/behind-proxies.ts';
import { makeApp } from './app.ts';
import { endpoints } from './endpoints.ts';
import { openFailedLogins } from './failed-logins.ts';
import type { HttpsService, Pace, Readiness, SourceRows } from './service.ts';

/** What the channel is opened with. */
export interface HttpsOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** The address to listen on; all of the machine unless told. */
  readonly host?: string;
  /** Both in PEM. */
  readonly certificate: { readonly key: string; readonly cert: string };
  /** Proxies that name the client by the PROXY protocol, version 2; none unless told. */
  readonly proxies?: Networks;
  /** How long a proxy may take to do so, in milliseconds; 5,000 unless told. */
  readonly proxyHeaderMs?: number;
  /** The largest file for `uploadFile`, in bytes; 10 MiB unless told. */
  readonly uploadFileLimitBytes?: number;
  /** The largest file for `/v1/files`, in bytes; 1 GiB unless told. */
  readonly filesLimitBytes?: number;
  readonly readiness: Readiness;
  readonly sourceRows: SourceRows;
  readonly searchFile: SearchFile;
  /** The slowest upload that is put up with; 1 KiB a second over a minute unless told. */
  readonly pace?: Pace;
  /** How long `uploadFile` waits for the job's end, in milliseconds; 10,000 unless told. */
  readonly verdictWithinMs?: number;
  /** How many requests an address may make in a minute; 12,000 unless told. */
  readonly requestsPerMinute?: number;
  /** How many wrong tokens an address may give in a minute; 20 unless told. */
  readonly failedLoginsPerMinute?: number;
  /** How long `close` lets requests go on, in milliseconds; 8,000 unless told. */
  readonly closeWithinMs?: number;
}

/** The open channel. */
export interface HttpsServer {
  readonly port: number;
  /**
   * Takes no more connections, lets the requests in hand come to their end for a while, then cuts them off. Resolves when
   * nothing of them is running. May be called twice.
   */
  close(): Promise<void>;
}

/** Opens the HTTPS channel. Fails with `portTaken` or `portRefused`. */
export async function openHttps(context: GatewayContext, options: HttpsOptions): Promise<HttpsServer> {
  const stopping = new AbortController();
  const server = createServer({ ...options.certificate, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 });
  const rules = { proxies: options.proxies ?? noNetworks, headerMs: options.proxyHeaderMs ?? 5_000 };
  const { listener, addressOf } = behindProxies(server, rules);
  const service = serviceOf(context, options, { stopping: stopping.signal, addressOf });
  const app = makeApp(service, endpoints);
  server.on('request', app);
  // Without a listener Node asks for every body before anybody has looked at the head.
  server.on('checkContinue', app);
  server.requestTimeout = 0; // An upload takes its time; `pace` ends the slow ones.
  server.headersTimeout = 20_000;
  server.timeout = 120_000;
  server.keepAliveTimeout = 10_000;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  let port: number;
  try {
    port = await listen(listener, { ...options, door: 'HTTPS', setting: 'ROSTERPORT_HTTPS_PORT' });
  } catch (error) {
    service.failedLogins.close();
    throw error;
  }
  server.on('error', () => context.log.error('The HTTPS door has an error'));
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    stopping.abort();
    const closed = new Promise((resolve) => listener.close(resolve));
    await drained(server, closed, options.closeWithinMs ?? 8_000);
    for (const socket of sockets) socket.destroy();
    await closed;
    while (service.inHand.size > 0) await Promise.allSettled(service.inHand);
    service.failedLogins.close();
  };
  return { port, close: () => (closing ??= close()) };
}

function serviceOf(context: GatewayContext, options: HttpsOptions, rest: Pick<HttpsService, 'stopping' | 'addressOf'>): HttpsService {
  return {
    context,
    ...rest,
    uploadFileLimitBytes: options.uploadFileLimitBytes ?? 10 * 1024 * 1024,
    filesLimitBytes: options.filesLimitBytes ?? 1024 ** 3,
    readiness: options.readiness,
    sourceRows: options.sourceRows,
    searchFile: options.searchFile,
    pace: options.pace ?? { bytesPerSecond: 1024, seconds: 60 },
    verdictWithinMs: options.verdictWithinMs ?? 10_000,
    requestsPerMinute: options.requestsPerMinute ?? 12_000,
    failedLogins: openFailedLogins(options.failedLoginsPerMinute ?? 20),
    inHand: new Set(),
  };
}

/** Waits until the server has closed, or long enough. Connections that have become idle are closed on the way. */
async function drained(server: Server, closed: Promise<unknown>, withinMs: number): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const enough = new AbortController();
  const patience = delay(withinMs, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([closed, patience]);
  enough.abort();
  clearInterval(sweep);
}
