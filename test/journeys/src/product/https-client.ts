import { request } from 'node:https';
import type { DirectoryGroup, DirectoryUser, Job, Page, ReportRow } from '@rosterport/domain';
import type { Product } from './product.ts';

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** One request to the product. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Makes a request over HTTPS, trusting the product's own certificate and nothing else. */
export function call(product: Pick<Product, 'facts' | 'ca'>, { method = 'GET', path, token, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ method, path, ca: product.ca, host: '127.0.0.1', port: product.facts.httpsPort, servername: 'localhost', agent: false },
        headers: { ...(token === undefined ? {} : { authorization: token }), ...headers },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Uploads a file as the contract's own service takes it: multipart, the raw token in `Authorization`. */
export function uploadFile(
  product: Pick<Product, 'facts' | 'ca'>,
  { fileName, bytes, token, path = '/v1/storage/uploadFile' }: { fileName: string; bytes: Buffer; token?: string; path?: string },
): Promise<Answer> {
  const boundary = 'journey-boundary-1f7c';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return call(product, {
    method: 'POST',
    path,
    token: token ?? product.facts.token,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}

/** Reads JSON with the report token; throws what the product says when it refuses. */
export async function read<T>(product: Pick<Product, 'facts' | 'ca'>, path: string): Promise<T> {
  const answer = await call(product, { path, token: product.facts.reportToken });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body.toString()}`);
  return JSON.parse(answer.body.toString()) as T;
}

/** All items of a list, page by page. */
export async function readAll<T>(product: Pick<Product, 'facts' | 'ca'>, path: string): Promise<T[]> {
  const items: T[] = [];
  const separator = path.includes('?') ? '&' : '?';
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<T> = await read<Page<T>>(product, `${path}${separator}limit=1000${from}`);
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

/** The job, once its state is final. */
export async function finishedJob(product: Pick<Product, 'facts' | 'ca'>, id: string): Promise<Job> {
  for (;;) {
    const job = await read<Job>(product, `/v1/jobs/${id}`);
    if (job.finishedAt !== null) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** All row results of a job. */
export function rowsOf(product: Pick<Product, 'facts' | 'ca'>, id: string): Promise<ReportRow[]> {
  return readAll<ReportRow>(product, `/v1/jobs/${id}/rows`);
}

/** The whole directory of the tenant. */
export async function directoryOf(
  product: Pick<Product, 'facts' | 'ca'>,
): Promise<{ users: DirectoryUser[]; groups: DirectoryGroup[] }> {
  return { users: await readAll(product, '/v1/users'), groups: await readAll(product, '/v1/groups') };
}
