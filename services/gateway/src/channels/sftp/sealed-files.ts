import { Failure, type JobId } from '@rosterport/domain';
import { renameJob, takeBackJob, type LedgerJob } from '@rosterport/jobs';
import type { GatewayContext } from '../../gateway-context.ts';
import { answered, seenJobs, viewLedger, type LedgerOwner, type LedgerView } from './ledger-view.ts';

/** An upload that was accepted, as its sender sees it. */
export interface SealedFile {
  readonly jobId: JobId;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  /** False while the ledger may not have heard of it. */
  readonly registered: boolean;
}

/**
 * The accepted uploads of one credential by name, the newest of each name. The ledger is the truth; on top lies a memory of
 * what the open sessions did, so that a file is there the moment it was accepted, also while the database is away.
 */
export class SealedFiles {
  readonly #context: GatewayContext;
  readonly #owner: LedgerOwner;
  readonly #ledger: LedgerView;
  /** In order of the last change, so that the last of a name is the one that is seen. */
  readonly #remembered = new Map<JobId, SealedFile>();
  readonly #hidden = new Set<JobId>();
  readonly #refused = new Set<string>();

  constructor(context: GatewayContext, owner: LedgerOwner) {
    this.#context = context;
    this.#owner = owner;
    this.#ledger = viewLedger(context.database, owner);
  }

  /** Takes in what has just been accepted. */
  add(file: SealedFile): void {
    this.#refused.delete(file.name);
    this.#remember(file);
  }

  /** From here on there is no file of that name, until another one is accepted: that is how some clients notice a refusal. */
  refuse(name: string): void {
    keepNewest(this.#refused.add(name));
  }

  /** All of them by name. */
  async all(): Promise<ReadonlyMap<string, SealedFile>> {
    const byName = new Map<string, SealedFile>();
    for (const job of await this.#ledger.recent()) {
      const isSeen = job.state !== 'discarded' && !this.#hidden.has(job.id) && !this.#remembered.has(job.id);
      if (isSeen && !byName.has(job.fileName)) byName.set(job.fileName, sealedFileOf(job));
    }
    for (const file of this.#remembered.values()) byName.set(file.name, file);
    for (const name of this.#refused) byName.delete(name);
    return byName;
  }

  async find(name: string): Promise<SealedFile | undefined> {
    if (this.#refused.has(name)) return undefined;
    const remembered = [...this.#remembered.values()].findLast((file) => file.name === name);
    return remembered ?? (await this.all()).get(name);
  }

  /** Gives the job's file another name; nothing else changes. Fails with `databaseUnavailable`. */
  async rename(file: SealedFile, name: string): Promise<void> {
    await this.#register(file);
    const { tenantId } = this.#owner;
    const renamed = await answered(renameJob(this.#context.database, { tenantId, jobId: file.jobId }, name));
    if (!renamed) throw new Failure('notFound', { values: { what: 'job' } });
    this.add({ ...file, name, registered: true });
  }

  /**
   * Takes the job back if it was not begun. In any case the file is no longer seen while a session of this credential is
   * open: clients remove what they are about to replace, and must not fail. Fails with `databaseUnavailable`.
   */
  async remove(file: SealedFile): Promise<void> {
    await this.#register(file);
    if (await answered(takeBackJob(this.#context.database, this.#owner.tenantId, file.jobId))) {
      await this.#context.staging.discard(file.jobId);
      this.#context.log.info('A sender took a job back', { job: file.jobId });
    }
    this.#remembered.delete(file.jobId);
    this.#hidden.add(file.jobId);
  }

  /** Notes the time that the client wants to see; it is forgotten with the last session. */
  touch(file: SealedFile, modified: number): void {
    this.#remember({ ...file, modified });
  }

  #remember(file: SealedFile): void {
    this.#remembered.delete(file.jobId);
    keepNewest(this.#remembered.set(file.jobId, file));
  }

  /** Sees to it that the ledger knows the file, where the database was away when it was accepted. */
  async #register(file: SealedFile): Promise<void> {
    if (file.registered) return;
    const envelope = (await this.#context.staging.sealed()).find(({ jobId }) => jobId === file.jobId);
    if (envelope !== undefined) await this.#context.door.register(envelope);
  }
}

function sealedFileOf(job: LedgerJob): SealedFile {
  const modified = Math.floor(Date.parse(job.receivedAt) / 1000);
  return { jobId: job.id, name: job.fileName, size: job.size, modified, registered: true };
}

/** A session may go on for ever; what it did longest ago is in the ledger. */
function keepNewest(memory: Map<unknown, unknown> | Set<unknown>): void {
  if (memory.size <= seenJobs) return;
  for (const oldest of memory.keys()) {
    memory.delete(oldest);
    return;
  }
}
