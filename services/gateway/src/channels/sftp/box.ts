import { Failure, type FeedPolicy } from '@rosterport/domain';
import { SftpError } from '@rosterport/sftp';
import { checkFileName, isTemporaryName } from '@rosterport/staging';
import type { HeldUpload } from './held-upload.ts';
import { leftUploads, type LeftUpload, type LeftUploads } from './left-uploads.ts';
import { keyOf, type UploadPlace } from './places.ts';
import { Proofs } from './proofs.ts';
import { refusedByVerdict } from './refused-by-verdict.ts';
import { SealedFiles } from './sealed-files.ts';
import { seenHeld, seenLeft, seenSealed, type Seen } from './seen.ts';
import { UploadsInHand, type BoxOptions } from './uploads-in-hand.ts';

/** Who asks for something that may make a job, and whether nobody waits for the answer any more. */
export interface Asker {
  readonly session: symbol;
  readonly isGone: () => boolean;
}

/**
 * The box of one credential, seen by all of its sessions: what is on its way in, and what was accepted.
 *
 * An upload begins with `open` and comes to its end in one of these ways. Closed under a real name, it is sealed. Closed
 * under a temporary name, it waits for its rename, which seals it. Closed while empty, it waits for a moment, since some
 * clients make an empty file first and write it afterwards; then it is sealed too. Where the feed wants a proof beside it, it
 * is left on disk until both are there. One that breaks off is left too, to be gone on with; it is never sealed as it is.
 */
export class Box {
  readonly sealed: SealedFiles;
  readonly left: LeftUploads;
  readonly inHand: UploadsInHand;
  readonly #options: BoxOptions;
  readonly #proofs: Proofs;

  constructor(options: BoxOptions) {
    this.#options = options;
    this.sealed = new SealedFiles(options.context, options.sender);
    this.left = leftUploads(options.context.staging, options.sender.credentialId);
    this.inHand = new UploadsInHand(options, this);
    this.#proofs = new Proofs(this.inHand, this.left);
  }

  /** What stands in that place; `undefined` for nothing. */
  async look(place: UploadPlace): Promise<Seen | undefined> {
    const held = this.inHand.find(place);
    if (held !== undefined) return this.seenOf(held);
    const left = this.left.find(place);
    if (left !== undefined) return seenLeft(left);
    const file = await this.sealed.find(place);
    return file === undefined ? this.#proofs.find(place) : seenSealed(file);
  }

  /** What its handle shows of an upload: while that has done nothing, the file that was accepted in its place. */
  async seenOf(held: HeldUpload): Promise<Seen> {
    const file = held.isTouched ? undefined : await this.sealed.find(held.place);
    return file === undefined ? seenHeld(held) : seenSealed(file);
  }

  /** What stands in a folder, by name. */
  async list(folder: string): Promise<ReadonlyMap<string, Seen>> {
    const byName = new Map<string, Seen>(this.#proofs.in(folder));
    for (const [name, file] of await this.sealed.all(folder)) byName.set(name, seenSealed(file));
    for (const left of this.left.all()) if (left.place.folder.path === folder) byName.set(left.place.name, seenLeft(left));
    for (const held of this.inHand.all()) if (held.place.folder.path === folder) byName.set(held.place.name, await this.seenOf(held));
    return byName;
  }

  /**
   * Opens an upload. Without TRUNC it goes on with what was left, or stands still in another session. To write on behind what
   * was accepted is refused: its beginning is not at hand.
   */
  async open(place: UploadPlace, session: symbol, flags: { readonly truncate: boolean; readonly append: boolean }): Promise<HeldUpload> {
    const { truncate, append } = flags;
    if (!truncate) await this.inHand.takeOver(place, session);
    const there = this.inHand.find(place);
    const isNew = there === undefined ? this.left.find(place) === undefined : there.state !== 'parked';
    const isAccepted = isNew && !truncate && (there !== undefined || (await this.sealed.find(place)) !== undefined);
    if (isAccepted && append) throw new SftpError('failure', 'The file cannot be continued; send all of it again.');
    const held = await this.inHand.open(place, session, { truncate });
    if (isAccepted) held.isTouched = false;
    return held;
  }

  /**
   * The client has sent all of it. Fails with `uploadIncomplete` when there are holes, and with what speaks against the file
   * where the feed lets a sender wait for that; failures of sealing pass through.
   */
  async close(held: HeldUpload, isGone: () => boolean): Promise<void> {
    if (!this.inHand.has(held)) throw new Failure('uploadIncomplete');
    if (!held.isTouched) return this.inHand.abandon(held);
    const { size } = held.incoming.upload;
    if (!held.written.covers(size)) {
      await this.inHand.refuse(held, { outcome: 'broken' });
      throw new Failure('uploadIncomplete');
    }
    if (isTemporaryName(held.place.name)) return this.inHand.park(held);
    const policy = await this.#policyOf(held.place);
    if (size === 0 && policy.sidecar === 'none') return this.inHand.park(held);
    await this.#commit(held, policy, isGone);
  }

  /**
   * Renames, over whatever stands there, also into another folder. The rename of a temporary name to a real one seals the
   * upload as one of the folder that it comes to. What is sealed stays in its folder, since that has said what the file is.
   */
  async rename(from: UploadPlace, to: UploadPlace, asker: Asker): Promise<void> {
    checkFileName(to.name);
    const held = await this.inHand.settled(from);
    const left = held === undefined ? this.left.find(from) : undefined;
    const file = held === undefined && left === undefined ? await this.sealed.find(from) : undefined;
    if (held === undefined && left === undefined && file === undefined) throw new SftpError('noSuchFile');
    if (keyOf(from) === keyOf(to)) return;
    if (file !== undefined && from.folder.path !== to.folder.path) {
      throw new SftpError('permissionDenied', 'A file that was accepted stays in its folder; send it again to the other one.');
    }
    // A real name says that the file is whole, and this one is not.
    if (left?.note.isClosed === false && !isTemporaryName(to.name)) throw new Failure('uploadIncomplete');
    await this.#clearWay(to);
    if (held !== undefined) await this.#renameHeld(held, to, asker);
    else if (left !== undefined) await this.#renameLeft(left, to, asker);
    else if (file !== undefined) await this.sealed.rename(file, to.name);
  }

  /** What is not accepted makes way for what gets its name. */
  async #clearWay(place: UploadPlace): Promise<void> {
    const replaced = this.inHand.find(place);
    if (replaced?.state === 'parked') await this.inHand.abandon(replaced);
    await this.left.drop(place);
  }

  async #renameHeld(held: HeldUpload, to: UploadPlace, { isGone }: Asker): Promise<void> {
    const wasTemporary = isTemporaryName(held.place.name);
    held.place = to;
    if (held.state !== 'parked') return;
    if (wasTemporary && !isTemporaryName(to.name)) await this.#commit(held, await this.#policyOf(to), isGone);
    else this.inHand.park(held);
  }

  async #renameLeft(left: LeftUpload, to: UploadPlace, { session, isGone }: Asker): Promise<void> {
    if (!left.note.isClosed || isTemporaryName(to.name)) return this.left.amend(left, { place: to });
    const held = await this.inHand.resume({ ...left, place: to }, session);
    await this.#commit(held, await this.#policyOf(to), isGone);
  }

  /** Removes what stands there. Fails with `noSuchFile`. */
  async remove(place: UploadPlace): Promise<void> {
    const held = await this.inHand.settled(place);
    const left = this.left.find(place);
    if (held !== undefined) await this.inHand.abandon(held);
    if (left !== undefined) await this.left.drop(place);
    if (held !== undefined || left !== undefined) return;
    const file = await this.sealed.find(place);
    if (file !== undefined) await this.sealed.remove(file);
    else if (!this.#proofs.forget(place)) throw new SftpError('noSuchFile');
  }

  /** True while the session has uploads that are not sealed. */
  isUnfinished(session: symbol): boolean {
    return this.inHand.all().some((held) => held.session === session);
  }

  /** The session is over: nobody will open its empty files again, and the ledger knows what it has sent, unless it is away. */
  async leave(session: symbol): Promise<void> {
    await this.inHand.sealEmpty(session);
    await this.inHand.registrations.leave(session);
  }

  /** Nobody is here any more: seals the empty files, and leaves on disk what waits for its real name. */
  async clear(): Promise<void> {
    await this.inHand.sealEmpty();
    for (const held of this.inHand.all()) {
      if (held.state === 'parked' && held.incoming.upload.size > 0) await this.inHand.leave(held, { isClosed: true });
      else await this.inHand.breakOff(held);
    }
  }

  async #policyOf({ folder }: UploadPlace): Promise<FeedPolicy> {
    const { context, sender } = this.#options;
    const { feeds } = context.door;
    return feeds.policyOf(folder.feed === null ? sender.feedId : await feeds.idOf(sender.tenantId, folder.feed));
  }

  /** The upload is whole and has its real name. */
  async #commit(held: HeldUpload, { sidecar, closeWaits }: FeedPolicy, isGone: () => boolean): Promise<void> {
    const sealed = sidecar === 'none' ? await this.inHand.seal(held) : await this.#proofs.match(held, sidecar);
    if (sealed === null || closeWaits === 0 || !(await sealed.registered)) return;
    const { context, sender } = this.#options;
    const { tenantId } = sender;
    const refusal = await refusedByVerdict({ database: context.database, tenantId, jobId: sealed.jobId, withinMs: closeWaits * 1000, isGone });
    if (refusal === null) return;
    this.sealed.refuse(sealed.place);
    throw refusal;
  }
}
