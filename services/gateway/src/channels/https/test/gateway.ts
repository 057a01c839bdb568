import { addTenant, issueToken, openAuthenticator, type Authenticator } from '@rosterport/access';
import type { Database, PoolClient } from '@rosterport/database';
import { noChanges, noCounts, type CredentialId, type JobId, type Scope, type TenantId } from '@rosterport/domain';
import { beginNextJob, endJob, keepRowResults, RowPlaces, withTenantClaim, type Outcome } from '@rosterport/jobs';
import { openLogger, openMetrics, type Metrics } from '@rosterport/runtime';
import { openStaging, type Staging } from '@rosterport/staging';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureCertificate } from '../../../certificate.ts';
import { openDoorkeeper, type DoorkeeperOptions } from '../../../limits/doorkeeper.ts';
import { openQuotas } from '../../../limits/quotas.ts';
import { withQuotas } from '../../../quota-door.ts';
import { openDoor } from '../../../receive.ts';
import { openHttps, type HttpsOptions, type HttpsServer } from '../open-https.ts';
import { multipart, multipartType, send, type Reply, type Wanted } from './request.ts';

/** A gateway with its HTTPS channel, as a test has it. */
export interface TestGateway {
  readonly server: HttpsServer;
  readonly staging: Staging;
  readonly metrics: Metrics;
  readonly ca: string;
  /** Everything that was logged. */
  log(): string;
  /** Sends a request to it. */
  send(wanted: Omit<Wanted, 'port' | 'ca'>): Promise<Reply>;
  /** Reads a resource with a token. */
  get(path: string, token?: string): Promise<Reply>;
  /** Sends a file to `uploadFile`, or to another endpoint, as multipart. */
  upload(token: string, file: { name?: string; content?: Buffer | string; path?: string }): Promise<Reply>;
  close(): Promise<void>;
}

/** What only a test says of a gateway. */
export interface TestOptions {
  /** How long its disk takes to give up an upload. */
  readonly discardMs?: number;
  /** Whom it serves; it bans nobody unless told. */
  readonly keeping?: Partial<DoorkeeperOptions>;
}

/** Opens a gateway over the database, with its data in the folder; its disk may be slow to give up an upload. */
export async function openGateway(
  database: Database,
  folder: string,
  { discardMs = 0, keeping = {}, ...options }: Partial<HttpsOptions> & TestOptions = {},
): Promise<TestGateway> {
  const logged = new PassThrough();
  const lines: string[] = [];
  logged.on('data', (piece: Buffer) => lines.push(piece.toString('utf8')));
  const log = openLogger({ level: 'debug', secrets: [], stream: logged });
  const metrics = openMetrics();
  const staging = await openStaging({ folder: `${folder}/staging`, log });
  const authenticator: Authenticator = openAuthenticator(database);
  const quotas = openQuotas({ database });
  const door = withQuotas(openDoor({ database, staging: discardMs > 0 ? slowToDiscard(staging, discardMs) : staging, metrics, log }), quotas);
  const doorkeeper = await openDoorkeeper({ database, log, metrics, penalties: { points: Number.POSITIVE_INFINITY }, ...keeping });
  const certificate = await ensureCertificate(folder, ['localhost', '127.0.0.1']);
  const server = await openHttps(
    { database, staging, authenticator, door, doorkeeper, quotas, log, metrics },
    {
      port: 0,
      host: '127.0.0.1',
      certificate,
      readiness: () => Promise.resolve({ database: true, staging: true }),
      sourceRows: noRows,
      searchFile: () => Promise.resolve('absent'),
      verdictWithinMs: 50,
      failedLoginsPerMinute: 1_000,
      ...options,
    },
  );
  const ca = certificate.cert;
  const sendHere: TestGateway['send'] = (wanted) => send({ port: server.port, ca, ...wanted });
  return {
    ...{ server, staging, metrics, ca, send: sendHere },
    log: () => lines.join(''),
    get: (path, token) => sendHere({ path, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } }),
    upload: (token, { name = 'users.csv', content = 'a;b\n', path = '/v1/storage/uploadFile' }) =>
      sendHere({
        method: 'POST',
        path,
        headers: { authorization: token, 'content-type': multipartType },
        body: multipart([{ name: 'file', fileName: name, content }]),
      }),
    async close() {
      await server.close();
      await authenticator.close();
      await doorkeeper.close();
      await staging.close();
      await log.close();
    },
  };
}

function slowToDiscard(staging: Staging, ms: number): Staging {
  return {
    ...staging,
    async begin(wanted) {
      const upload = await staging.begin(wanted);
      const discard = upload.discard.bind(upload);
      return Object.assign(upload, { discard: () => delay(ms).then(discard) });
    },
  };
}

async function* noRows(): AsyncGenerator<never> {
  // A file without rows.
}

/** A tenant with credentials. */
export interface TestTenant {
  readonly tenantId: TenantId;
  /** Makes another token. */
  token(...scopes: readonly Scope[]): Promise<{ readonly token: string; readonly credentialId: CredentialId }>;
}

/** Makes a tenant. */
export async function newTenant(database: Database, name: string): Promise<TestTenant> {
  const { tenant } = await addTenant(database, { name });
  return {
    tenantId: tenant.id,
    async token(...scopes) {
      const { token, credential } = await issueToken(database, { tenantId: tenant.id, name: 'test', scopes });
      return { token, credentialId: credential.id };
    },
  };
}

/** The id of the job that an answer leads to. */
export function jobIn(reply: Reply): JobId {
  return (reply.headers.location ?? '').replace('/v1/jobs/', '') as JobId;
}

/** A data row's verdict, as the pipeline leaves it. */
export interface Verdict {
  readonly row: number;
  readonly externalId: string;
  readonly result: string;
  readonly issues?: readonly { readonly code: string; readonly severity: string }[];
}

/** Ends the tenant's oldest job, as a processor does. Returns its id. */
export async function endNextJob(
  database: Database,
  tenantId: TenantId,
  wanted: Partial<Outcome> & { readonly verdicts?: readonly Verdict[] } = {},
): Promise<JobId> {
  const { verdicts = [], ...outcome } = wanted;
  const id = await withTenantClaim(database, tenantId, async (client) => {
    const job = await beginNextJob(client, tenantId);
    if (job === null) throw new Error('There is no job to end.');
    await writeVerdicts(client, verdicts);
    const places = new RowPlaces();
    for (const { row, externalId } of verdicts) places.add(null, row, externalId);
    await keepRowResults(client, job.id, { chunks: places.finish(), usualResult: 'unchanged' });
    await client.query('drop table row_verdicts');
    const ordinary: Outcome = { state: 'applied', format: 'csv', counts: noCounts, changes: noChanges, fileIssues: [], rowIssues: [], guardIssues: [], fingerprint: null, userRows: null };
    await endJob(client, job.id, { ...ordinary, ...outcome });
    return job.id;
  });
  if (id === null) throw new Error('Somebody else holds the claim.');
  return id;
}

async function writeVerdicts(client: PoolClient, verdicts: readonly Verdict[]): Promise<void> {
  await client.query(
    `create temporary table row_verdicts
       (ordinal int, sheet text, row_no int, external_id text, result text, codes text[], issues jsonb)`,
  );
  for (const [position, { row, externalId, result, issues = [] }] of verdicts.entries()) {
    const kept = issues.map((found) => ({ column: null, found: null, expected: null, ...found }));
    await client.query('insert into row_verdicts values ($1, null, $2, $3, $4, $5, $6)', [
      ...[position + 1, row, externalId, result],
      issues.map(({ code }) => code),
      JSON.stringify(kept),
    ]);
  }
}
