import { Failure, isFailure, type JobId, type JobState } from '@rosterport/domain';
import { noteFileTime, renameJob, takeBackJob, type LedgerJob } from '@rosterport/jobs';
import type { GatewayContext } from '../../gateway-context.ts';
import { answered, seenJobs, viewLedger, type LedgerOwner, type LedgerView } from './ledger-view.ts';
import { keyOf, type UploadPlace } from './places.ts';

/** An upload that was accepted, as its sender sees it. */
export interface SealedFile {
  readonly jobId: JobId;
  /** Path of the folder through which it came. */
  readonly folder: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  /** The state of its job as it was last seen. */
  readonly state: JobState;
  /** Becomes true when the ledger knows of it, and false when it could not be told. */
  readonly registered: Promise<boolean>;
}

/**
 * The accepted uploads of one credential by folder and name, the newest of each name. The ledger is the truth; on top lies a memory of
 * what the open sessions did, so that a file is there the moment it was accepted, also while the database is away.
 */
export class SealedFiles {
  readonly #context: GatewayContext;
  readonly #owner: LedgerOwner;
  readonly #ledger: LedgerView;
  /** In order of the last change, so that the last of a place is the one that is seen. */
  readonly #remembered = new Map<JobId, SealedFile>();
  /** Goes on where it was, and what it gives is forgotten: a map is slow to begin behind what was deleted from it. */
  readonly #oldestFirst = this.#remembered.values();
  /** The last of each place among them. */
  readonly #last = new Map<string, SealedFile>();
  #sorted: { readonly jobs: readonly LedgerJob[]; readonly byPlace: ReadonlyMap<string, readonly LedgerJob[]> } | undefined;
  readonly #hidden = new Set<JobId>();
  readonly #refused = new Set<string>();

  constructor(context: GatewayContext, owner: LedgerOwner) {
    this.#context = context;
    this.#owner = owner;
    this.#ledger = viewLedger(context.database, owner);
  }

  /** Takes in what has just been accepted. */
  add(file: SealedFile): void {
    this.#refused.delete(placeKey(file));
    this.#remember(file);
  }

  /** From here on there is no file in that place, until another one is accepted: that is how some clients notice a refusal. */
  refuse(place: UploadPlace): void {
    keepNewest(this.#refused.add(keyOf(place)));
  }

  /** Those of a folder by name. */
  async all(folder: string): Promise<ReadonlyMap<string, SealedFile>> {
    const byName = new Map<string, SealedFile>();
    for (const job of await this.#ledger.recent()) {
      if (this.#isSeen(job) && folderOf(job) === folder && !byName.has(job.fileName)) byName.set(job.fileName, sealedFileOf(job));
    }
    const states = new Map((await this.#ledger.recent()).map(({ id, state }) => [id, state]));
    for (const file of this.#remembered.values()) {
      if (file.folder === folder) byName.set(file.name, { ...file, state: states.get(file.jobId) ?? file.state });
    }
    for (const file of byName.values()) if (this.#refused.has(placeKey(file))) byName.delete(file.name);
    return byName;
  }

  /** The jobs by place, the newest first; kept as long as the ledger shows the same. */
  #byPlace(jobs: readonly LedgerJob[]): ReadonlyMap<string, readonly LedgerJob[]> {
    if (this.#sorted?.jobs === jobs) return this.#sorted.byPlace;
    const byPlace = new Map<string, LedgerJob[]>();
    for (const job of jobs) {
      const key = placeKey({ folder: folderOf(job), name: job.fileName });
      const there = byPlace.get(key);
      if (there === undefined) byPlace.set(key, [job]);
      else there.push(job);
    }
    this.#sorted = { jobs, byPlace };
    return byPlace;
  }

  /** True for a job that stands for a file, unless the memory says more of it. */
  #isSeen({ state, id }: LedgerJob): boolean {
    return state !== 'discarded' && !this.#hidden.has(id) && !this.#remembered.has(id);
  }

  async find(place: UploadPlace): Promise<SealedFile | undefined> {
    const key = keyOf(place);
    if (this.#refused.has(key)) return undefined;
    const remembered = this.#last.get(key);
    if (remembered !== undefined) return remembered;
    const job = this.#byPlace(await this.#ledger.recent()).get(key)?.find((one) => this.#isSeen(one));
    return job && sealedFileOf(job);
  }

  /** Gives the job's file another name; nothing else changes. Fails with `databaseUnavailable`. */
  async rename(file: SealedFile, name: string): Promise<void> {
    await this.#register(file);
    const { tenantId } = this.#owner;
    const renamed = await answered(renameJob(this.#context.database, { tenantId, jobId: file.jobId }, name));
    if (!renamed) throw new Failure('notFound', { values: { what: 'job' } });
    this.add({ ...file, name, registered: Promise.resolve(true) });
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
    this.#lookBack(placeKey(file));
    this.#hidden.add(file.jobId);
  }

  /**
   * Notes the time that the client tells, for the listings and the job: clients that send only what is newer compare it. While
   * the database is away, the open sessions alone know it.
   */
  async touch(file: SealedFile, modified: number): Promise<void> {
    this.#remember({ ...file, modified });
    if (!(await file.registered)) return;
    const place = { tenantId: this.#owner.tenantId, jobId: file.jobId };
    try {
      await answered(noteFileTime(this.#context.database, place, new Date(modified * 1000)));
    } catch (error) {
      if (!isFailure(error) || error.code !== 'databaseUnavailable') throw error;
    }
  }

  #remember(file: SealedFile): void {
    const before = this.#remembered.get(file.jobId);
    this.#remembered.delete(file.jobId);
    this.#remembered.set(file.jobId, file);
    if (before !== undefined && placeKey(before) !== placeKey(file)) this.#lookBack(placeKey(before));
    this.#last.set(placeKey(file), file);
    if (this.#remembered.size > seenJobs) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const oldest = this.#oldestFirst.next().value;
    if (oldest === undefined) return;
    this.#remembered.delete(oldest.jobId);
    // All others of its place are younger.
    if (this.#last.get(placeKey(oldest)) === oldest) this.#last.delete(placeKey(oldest));
  }

  /** Finds the last file of a place again, once one has left it. */
  #lookBack(key: string): void {
    const last = [...this.#remembered.values()].findLast((file) => placeKey(file) === key);
    if (last === undefined) this.#last.delete(key);
    else this.#last.set(key, last);
  }

  /** Sees to it that the ledger knows the file, where the database was away when it was accepted. */
  async #register(file: SealedFile): Promise<void> {
    if (await file.registered) return;
    const envelope = (await this.#context.staging.sealed()).find(({ jobId }) => jobId === file.jobId);
    if (envelope !== undefined) await this.#context.door.register(envelope);
  }
}

const known = Promise.resolve(true);

function sealedFileOf(job: LedgerJob): SealedFile {
  const modified = Math.floor(Date.parse(job.fileModifiedAt ?? job.receivedAt) / 1000);
  return { jobId: job.id, folder: folderOf(job), name: job.fileName, size: job.size, modified, state: job.state, registered: known };
}

/** What came through a channel without folders is seen in `/`. */
function folderOf(job: LedgerJob): string {
  return job.folder ?? '/';
}

function placeKey({ folder, name }: Pick<SealedFile, 'folder' | 'name'>): string {
  return keyOf({ folder: { path: folder }, name });
}

/** A session may go on for ever; what it did longest ago is in the ledger. */
function keepNewest(memory: Set<unknown>): void {
  if (memory.size <= seenJobs) return;
  for (const oldest of memory.keys()) {
    memory.delete(oldest);
    return;
  }
}
