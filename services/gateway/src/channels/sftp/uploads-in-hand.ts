import { SftpError } from '@rosterport/sftp';
import { checkFileName, isTemporaryName } from '@rosterport/staging';
import type { JobId } from '@rosterport/domain';
import type { GatewayContext } from '../../gateway-context.ts';
import type { Said, Sender } from '../../receive.ts';
import { saidBy } from '../../upload-folder.ts';
import { makeCheckpoint, type CheckpointPace } from './checkpoint.ts';
import { holdUpload, type HeldUpload } from './held-upload.ts';
import type { LedgerOwner } from './ledger-view.ts';
import { noteOf, type LeftUpload, type LeftUploads } from './left-uploads.ts';
import { keyOf, type UploadPlace } from './places.ts';
import { Registrations } from './registrations.ts';
import type { SealedFiles } from './sealed-files.ts';
import type { Proof } from './sidecars.ts';
import { tellRefusal } from './tell-refusal.ts';

/** What a box works with. */
export interface BoxOptions {
  readonly context: GatewayContext;
  readonly sender: Sender & LedgerOwner;
  /** The largest file, in bytes. */
  readonly limitBytes: number;
  /** How long an empty file waits to be opened again before it becomes a job. */
  readonly emptySeconds: number;
  /** How long an open upload must have stood still to be gone on with by another session. */
  readonly takeOverSeconds: number;
  /** How often what has arrived of an upload is made safe from the end of this process. */
  readonly pace: CheckpointPace;
}

/** How many uploads of one credential may be unfinished at once, in hand or left. */
export const mostHeld = 256;

/** A file that was just sealed. */
export interface Sealed {
  readonly place: UploadPlace;
  readonly jobId: JobId;
  readonly registered: Promise<boolean>;
}

/** Why an upload is refused, and how it is counted. */
interface Refusal {
  readonly outcome?: 'refused' | 'broken';
  readonly error?: unknown;
}

/** The uploads of one credential that its sessions have in hand: how they begin, and each way in which they end. */
export class UploadsInHand {
  readonly registrations = new Registrations();
  readonly #options: BoxOptions;
  readonly #sealedFiles: SealedFiles;
  readonly #left: LeftUploads;
  /** In order of beginning. */
  readonly #held = new Set<HeldUpload>();

  constructor(options: BoxOptions, { sealed, left }: { readonly sealed: SealedFiles; readonly left: LeftUploads }) {
    this.#options = options;
    this.#sealedFiles = sealed;
    this.#left = left;
  }

  /** All, in order of beginning; the later one of a place is the one that is seen. */
  all(): readonly HeldUpload[] {
    return [...this.#held];
  }

  has(held: HeldUpload): boolean {
    return this.#held.has(held);
  }

  find(place: UploadPlace): HeldUpload | undefined {
    return this.all().findLast((held) => keyOf(held.place) === keyOf(place));
  }

  /** The upload of that place, once it is clear that it is not just being sealed or left. */
  async settled(place: UploadPlace): Promise<HeldUpload | undefined> {
    for (let held = this.find(place); held !== undefined; held = this.find(place)) {
      if (held.state !== 'sealing') return held;
      await held.ended;
    }
    return undefined;
  }

  /** Opens an upload: the one that is parked or was left there, otherwise a new one. */
  async open(place: UploadPlace, session: symbol, { truncate }: { readonly truncate: boolean }): Promise<HeldUpload> {
    const there = this.find(place);
    if (there?.state === 'parked') return this.#reopen(there, session, truncate);
    checkFileName(place.name);
    const left = there === undefined ? this.#left.find(place) : undefined;
    if (left !== undefined && !truncate) return this.resume(left, session);
    if (left !== undefined) await this.#left.drop(place);
    if (this.#held.size + this.#left.all().length >= mostHeld) await this.#makeRoom();
    const { context, sender, limitBytes } = this.#options;
    const incoming = await this.#told(context.door.begin({ sender, channel: 'sftp', limitBytes, said: saidBy(place.folder) }));
    const held = holdUpload(place, session, { incoming, sender });
    this.#held.add(held);
    return held;
  }

  async #told<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      this.#tell(error);
      throw error;
    }
  }

  #tell(error: unknown): void {
    const { context, sender } = this.#options;
    tellRefusal(context.log, sender.tenantId, error);
  }

  /**
   * Leaves an upload that stands still in the hands of another session: that may be dead without the door knowing it, and its
   * client has come back to go on.
   */
  async takeOver(place: UploadPlace, session: symbol): Promise<void> {
    const there = this.find(place);
    if (there?.state !== 'open' || there.session === session || !there.isTouched) return;
    if (performance.now() - there.movedAt >= this.#options.takeOverSeconds * 1000) await this.breakOff(there);
  }

  /** Makes what has arrived of an upload that goes on safe from the end of this process, when it is time. Never fails. */
  makeSafe(held: HeldUpload): Promise<void> {
    return makeCheckpoint(held, this.#options.pace);
  }

  /** Takes one in hand that was left. Fails with `uploadIncomplete` when it has vanished meanwhile. */
  async resume({ note, place, modified }: LeftUpload, session: symbol): Promise<HeldUpload> {
    const { context, sender, limitBytes } = this.#options;
    const { jobId, receivedAt } = note;
    const arrival = { sender, channel: 'sftp', limitBytes, said: saidBy(place.folder) } as const;
    const incoming = await this.#told(context.door.resume({ ...arrival, jobId, receivedAt }));
    const held = holdUpload(place, session, { incoming, sender });
    held.written.add(0, note.size);
    held.checkpoint.size = note.size;
    Object.assign(held, { modified, isTimeTold: note.modifiedAt !== null, isResumed: true });
    this.#held.add(held);
    return held;
  }

  /** What broke off longest ago makes room; what somebody has in hand, or was closed, does not. */
  async #makeRoom(): Promise<void> {
    const oldest = this.#left.all().find(({ note }) => !note.isClosed);
    if (oldest === undefined) throw new SftpError('failure', `Too many unfinished uploads: ${mostHeld} are allowed.`);
    await this.#options.context.staging.dropPartial(oldest.note.jobId);
  }

  async #reopen(held: HeldUpload, session: symbol, truncate: boolean): Promise<HeldUpload> {
    clearTimeout(held.timer);
    held.state = 'open';
    held.movedAt = performance.now();
    held.session = session;
    if (!truncate) return held;
    held.written.cut(0);
    try {
      await held.incoming.upload.truncate(0);
      return held;
    } catch (error) {
      await this.refuse(held, { error });
      throw error;
    }
  }

  /** Waits for the real name of the upload, or for the bytes of an empty one. */
  park(held: HeldUpload): void {
    clearTimeout(held.timer);
    held.state = 'parked';
    if (isTemporaryName(held.place.name)) return;
    held.timer = setTimeout(() => void this.#sealUnasked(held), this.#options.emptySeconds * 1000);
  }

  /** Forgets an upload. */
  async abandon(held: HeldUpload): Promise<void> {
    await this.#discard(held, 'abandoned');
  }

  /** Forgets an upload that was refused, by what it failed with: there is no file in its place now. */
  async refuse(held: HeldUpload, { outcome = 'refused', error }: Refusal = {}): Promise<void> {
    if (this.#held.has(held)) {
      this.#sealedFiles.refuse(held.place);
      this.#tell(error);
    }
    await this.#discard(held, outcome);
  }

  /** Its sender went away before CLOSE: what there is without a gap is kept, to be gone on with. */
  async breakOff(held: HeldUpload): Promise<void> {
    if (!this.#held.has(held) || held.state === 'sealing') return;
    if (held.written.whole() === 0) await this.abandon(held);
    else await this.leave(held, { isClosed: false });
  }

  /** Leaves an upload on disk, in place of what was left under its name before. */
  leave(held: HeldUpload, { isClosed }: { readonly isClosed: boolean }): Promise<void> {
    return this.#end(held, async () => {
      await this.#left.drop(held.place);
      await held.incoming.leave(noteOf(held, isClosed));
    });
  }

  /** Makes a job of an upload; resolves when the file is safe. What was left under its name is of no more use. */
  seal(held: HeldUpload, proof?: Proof): Promise<Sealed> {
    return this.#end(held, async () => {
      const { place, modified, incoming } = held;
      const { size } = incoming.upload;
      try {
        const isAwaited = this.registrations.isNextAwaited(held.session);
        const { jobId, registered } = await incoming.accept(place.name, saidOf(held, proof), isAwaited);
        this.#sealedFiles.add({ jobId, folder: place.folder.path, name: place.name, size, modified, state: 'staged', registered });
        await this.#left.drop(place);
        await this.registrations.add(held.session, registered);
        return { place, jobId, registered };
      } catch (error) {
        this.#sealedFiles.refuse(place);
        this.#tell(error);
        throw error;
      }
    });
  }

  async #end<Result>(held: HeldUpload, work: () => Promise<Result>): Promise<Result> {
    clearTimeout(held.timer);
    held.state = 'sealing';
    const ending = work().finally(() => this.#held.delete(held));
    held.ended = ending.then(nothing, nothing);
    return ending;
  }

  /** Seals the empty files of a session, or all; nobody will open them again. */
  async sealEmpty(session?: symbol): Promise<void> {
    for (const held of this.all()) {
      const isEmpty = held.state === 'parked' && !isTemporaryName(held.place.name);
      if (isEmpty && (session === undefined || held.session === session)) await this.#sealUnasked(held);
    }
  }

  async #sealUnasked(held: HeldUpload): Promise<void> {
    try {
      await this.seal(held);
    } catch (error) {
      this.#options.context.log.warn('An empty file could not be taken in', { error });
    }
  }

  async #discard(held: HeldUpload, outcome: 'refused' | 'broken' | 'abandoned'): Promise<void> {
    clearTimeout(held.timer);
    if (held.state !== 'sealing' && this.#held.delete(held)) await held.incoming.discard(outcome);
  }
}

function nothing(): void {
  // Whoever began the end of the upload hears how it went.
}

/** What folder, client and proof say of the upload; field by field, since adding to a copy takes three microseconds. */
function saidOf({ place, modified, isTimeTold }: HeldUpload, proof: Proof | undefined): Said {
  const { path, feed, mode, dryRun } = place.folder;
  const modifiedAt = isTimeTold ? new Date(modified * 1000).toISOString() : null;
  return { folder: path, feed, mode, dryRun, modifiedAt, sha256: proof?.sha256 };
}
