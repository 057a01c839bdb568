import { allChanges } from '@rosterport/directory';
import { isFinal, isId, type JobId } from '@rosterport/domain';
import { allRows, findJob, shownJob, type LedgerJob } from '@rosterport/jobs';
import { receipt, receiptCsv } from '@rosterport/reports';
import type { SftpEntry } from '@rosterport/sftp';
import type { GatewayContext } from '../../gateway-context.ts';
import { receiptAttributes } from './attributes.ts';
import { answered, viewLedger, type LedgerOwner } from './ledger-view.ts';

/** A receipt as it is read. */
export interface ReceiptFile {
  readonly bytes: Buffer;
  /** Seconds since 1970. */
  readonly modified: number;
}

/** The receipts of one credential's jobs that have ended or are held, each as `<file>.<job>.json` and `.csv`. They are made when they are asked for. */
export interface Receipts {
  /**
   * All that are listed, newest first, or those of one feed; they are made one after another as the list is read. Fails with
   * `databaseUnavailable`.
   */
  list(feed: string | null): Promise<AsyncIterable<SftpEntry>>;
  /** The receipt of that name, if it is of the feed, where one is named; `undefined` when there is none. Fails with `databaseUnavailable`. */
  find(name: string, feed: string | null): Promise<ReceiptFile | undefined>;
}

const endings = ['json', 'csv'] as const;
type Ending = (typeof endings)[number];

/** STAT, OPEN and a READ often come for the same receipt; whoever fetches all of them takes turns. */
const mostKept = 4;
const mostSizes = 20_000;

/** Opens the receipts for one session. */
export function openReceipts({ database }: GatewayContext, owner: LedgerOwner): Receipts {
  const ledger = viewLedger(database, owner);
  const kept = new Map<string, ReceiptFile>();
  // Sizes are small and cost a whole rendering each, so that a second listing need not pay again.
  const sizes = new Map<string, number>();

  const render = async (job: LedgerJob): Promise<Readonly<Record<Ending, ReceiptFile>>> => {
    const { id: jobId, tenantId } = job;
    const left = job.kind === 'revert' ? allChanges(database, { tenantId, jobId, source: 'journal', action: 'kept' }) : undefined;
    const made = await answered(receipt(shownJob(job), allRows(database, { jobId, withIssues: true }), left));
    const file = (text: string): ReceiptFile => ({ bytes: Buffer.from(text), modified: modifiedOf(job) });
    const files = { json: file(`${JSON.stringify(made, null, 2)}\n`), csv: file(receiptCsv(made)) };
    // That of a held job becomes another with the decision.
    for (const ending of isFinal(job.state) ? endings : []) {
      kept.set(nameOf(job, ending), files[ending]);
      sizes.set(nameOf(job, ending), files[ending].bytes.length);
    }
    for (const name of [...kept.keys()].slice(0, -mostKept)) kept.delete(name);
    return files;
  };

  async function* entries(jobs: readonly LedgerJob[]): AsyncGenerator<SftpEntry> {
    for (const job of jobs) {
      const isKnown = endings.every((ending) => sizes.has(nameOf(job, ending)));
      const files = isKnown ? null : await render(job);
      for (const ending of endings) {
        const name = nameOf(job, ending);
        const size = files?.[ending].bytes.length ?? sizes.get(name) ?? 0;
        yield { name, attributes: receiptAttributes(size, modifiedOf(job)) };
      }
    }
  }

  return {
    async list(feed) {
      if (sizes.size > mostSizes) sizes.clear();
      return entries((await ledger.fresh()).filter((job) => hasReceipt(job) && isOf(job, feed)));
    },
    async find(name, feed) {
      const before = kept.get(name);
      if (before !== undefined && feed === null) return before;
      const jobId = jobIdIn(name);
      const job = jobId === undefined ? undefined : await jobOf(jobId);
      const ending = job === undefined ? undefined : endings.find((one) => nameOf(job, one) === name);
      if (job === undefined || ending === undefined || !isOf(job, feed)) return undefined;
      return before ?? (await render(job))[ending];
    },
  };

  async function jobOf(jobId: JobId): Promise<LedgerJob | undefined> {
    const job = await answered(findJob(database, owner.tenantId, jobId)).catch(missing);
    return job?.credentialId === owner.credentialId && hasReceipt(job) ? job : undefined;
  }
}

/** A job that is held may be so for days, and its sender has nowhere else to look. */
function hasReceipt({ state }: LedgerJob): boolean {
  return isFinal(state) || state === 'held';
}

function isOf(job: LedgerJob, feed: string | null): boolean {
  return feed === null || job.feed === feed;
}

function missing(error: unknown): undefined {
  if ((error as { code?: unknown }).code !== 'notFound') throw error;
  return undefined;
}

/** No file system of a client takes a longer name; the id keeps a cut one apart from others. */
const longestNameBytes = 255;

function nameOf(job: LedgerJob, ending: Ending): string {
  const end = `.${job.id}.${ending}`;
  let start = job.fileName;
  while (Buffer.byteLength(start + end) > longestNameBytes) start = start.replace(/.$/su, '');
  return start + end;
}

function jobIdIn(name: string): JobId | undefined {
  const id = /\.([^.]+)\.(?:json|csv)$/.exec(name)?.[1] ?? '';
  return isId(id) ? (id as JobId) : undefined;
}

function modifiedOf(job: LedgerJob): number {
  return Math.floor(Date.parse(job.finishedAt ?? job.sealedAt) / 1000);
}
