import { Failure } from '@rosterport/domain';
import { SftpError } from '@rosterport/sftp';
import { checkFileName, isTemporaryName } from '@rosterport/staging';
import type { GatewayContext } from '../../gateway-context.ts';
import type { Said, Sender } from '../../receive.ts';
import { saidBy } from '../../upload-folder.ts';
import { holdUpload, type HeldUpload } from './held-upload.ts';
import type { LedgerOwner } from './ledger-view.ts';
import { keyOf, type UploadPlace } from './places.ts';
import { SealedFiles } from './sealed-files.ts';

/** What a box works with. */
export interface BoxOptions {
  readonly context: GatewayContext;
  readonly sender: Sender & LedgerOwner;
  /** The largest file, in bytes. */
  readonly limitBytes: number;
  /** How long an empty file waits to be opened again before it becomes a job. */
  readonly emptySeconds: number;
}

/** How many uploads of one credential may be unfinished at once. */
export const mostHeld = 256;

/** So many files of a session are in the ledger before their sender hears that they are safe. */
const mostAwaited = 16;

/** How many of the further ones at most may wait for the ledger while the session goes on. */
const mostRegistering = 64;

/**
 * The box of one credential, seen by all of its sessions: what is on its way in, and what was accepted.
 *
 * An upload begins with `open` and comes to its end in one of these ways. Closed under a real name, it is sealed. Closed
 * under a temporary name, it waits for its rename, which seals it. Closed while empty, it waits for a moment, since some
 * clients make an empty file first and write it afterwards; then it is sealed too. Whatever breaks it off discards it.
 */
export class Box {
  readonly sealed: SealedFiles;
  readonly #options: BoxOptions;
  /** In order of beginning. */
  readonly #held = new Set<HeldUpload>();
  /** By session, how much it has sealed, and the registrations that have not ended. */
  readonly #registering = new Map<symbol, { sealed: number; readonly underWay: Set<Promise<boolean>> }>();

  constructor(options: BoxOptions) {
    this.#options = options;
    this.sealed = new SealedFiles(options.context, options.sender);
  }

  /** What is not sealed yet; the later one of a place is the one that is seen. */
  get held(): Iterable<HeldUpload> {
    return this.#held;
  }

  /** The upload of that place which is not sealed yet. */
  find(place: UploadPlace): HeldUpload | undefined {
    return [...this.#held].findLast((held) => keyOf(held.place) === keyOf(place));
  }

  /** Opens an upload: the one that is parked there, otherwise a new one. */
  async open(place: UploadPlace, session: symbol, { truncate }: { readonly truncate: boolean }): Promise<HeldUpload> {
    const parked = this.find(place);
    if (parked?.state === 'parked') return this.#reopen(parked, session, truncate);
    checkFileName(place.name);
    if (this.#held.size >= mostHeld) throw new SftpError('failure', `Too many unfinished uploads: ${mostHeld} are allowed.`);
    const { context, sender, limitBytes } = this.#options;
    const incoming = await context.door.begin({ sender, channel: 'sftp', limitBytes, said: saidBy(place.folder) });
    const held = holdUpload(place, session, incoming);
    this.#held.add(held);
    return held;
  }

  async #reopen(held: HeldUpload, session: symbol, truncate: boolean): Promise<HeldUpload> {
    clearTimeout(held.timer);
    held.state = 'open';
    held.session = session;
    if (!truncate) return held;
    held.written.cut(0);
    try {
      await held.incoming.upload.truncate(0);
      return held;
    } catch (error) {
      await this.refuse(held);
      throw error;
    }
  }

  /** The client has sent all of it. Fails with `uploadIncomplete` when there are holes; failures of sealing pass through. */
  async close(held: HeldUpload): Promise<void> {
    if (!this.#held.has(held)) throw new Failure('uploadIncomplete');
    const { size } = held.incoming.upload;
    if (!held.written.covers(size)) {
      await this.refuse(held, 'broken');
      throw new Failure('uploadIncomplete');
    }
    if (size > 0 && !isTemporaryName(held.place.name)) return this.#seal(held);
    this.#park(held);
  }

  /** Forgets an upload that broke off. */
  async abandon(held: HeldUpload): Promise<void> {
    await this.#discard(held, 'abandoned');
  }

  /** Forgets an upload that was refused: there is no file in its place now. */
  async refuse(held: HeldUpload, outcome: 'refused' | 'broken' = 'refused'): Promise<void> {
    if (this.#held.has(held)) this.sealed.refuse(held.place);
    await this.#discard(held, outcome);
  }

  /**
   * Renames, over whatever stands there, also into another folder. The rename of a temporary name to a real one seals the
   * upload as one of the folder that it comes to. What is sealed stays in its folder, since that has said what the file is.
   */
  async rename(from: UploadPlace, to: UploadPlace): Promise<void> {
    checkFileName(to.name);
    const held = await this.#unsealed(from);
    const file = held === undefined ? await this.sealed.find(from) : undefined;
    if (held === undefined && file === undefined) throw new SftpError('noSuchFile');
    if (keyOf(from) === keyOf(to)) return;
    if (file !== undefined && from.folder.path !== to.folder.path) {
      throw new SftpError('permissionDenied', 'A file that was accepted stays in its folder; send it again to the other one.');
    }
    const replaced = this.find(to);
    if (replaced?.state === 'parked') await this.abandon(replaced);
    if (held !== undefined) await this.#renameHeld(held, to);
    else if (file !== undefined) await this.sealed.rename(file, to.name);
  }

  async #renameHeld(held: HeldUpload, to: UploadPlace): Promise<void> {
    const wasTemporary = isTemporaryName(held.place.name);
    held.place = to;
    if (held.state !== 'parked') return;
    if (wasTemporary && !isTemporaryName(to.name)) await this.#seal(held);
    else this.#park(held);
  }

  /** Removes what stands there. Fails with `noSuchFile`. */
  async remove(place: UploadPlace): Promise<void> {
    const held = await this.#unsealed(place);
    if (held !== undefined) return this.abandon(held);
    const file = await this.sealed.find(place);
    if (file === undefined) throw new SftpError('noSuchFile');
    await this.sealed.remove(file);
  }

  /** True while the session has uploads that are not sealed. */
  isUnfinished(session: symbol): boolean {
    return [...this.#held].some((held) => held.session === session);
  }

  /** The session is over: nobody will open its empty files again, and the ledger knows what it has sent, unless it is away. */
  async leave(session: symbol): Promise<void> {
    await this.#sealEmpty((held) => held.session === session);
    await Promise.all([...(this.#registering.get(session)?.underWay ?? [])]);
    this.#registering.delete(session);
  }

  /** Nobody will come back: seals the empty files and discards the rest. */
  async clear(): Promise<void> {
    await this.#sealEmpty(() => true);
    for (const held of [...this.#held]) await this.abandon(held);
  }

  async #sealEmpty(isMeant: (held: HeldUpload) => boolean): Promise<void> {
    const empty = [...this.#held].filter((held) => held.state === 'parked' && !isTemporaryName(held.place.name) && isMeant(held));
    for (const held of empty) await this.#sealUnasked(held);
  }

  /** The upload of that place, once it is clear that it is not just being sealed. */
  async #unsealed(place: UploadPlace): Promise<HeldUpload | undefined> {
    for (let held = this.find(place); held !== undefined; held = this.find(place)) {
      if (held.state !== 'sealing') return held;
      await held.sealed?.catch(() => undefined);
    }
    return undefined;
  }

  #park(held: HeldUpload): void {
    clearTimeout(held.timer);
    held.state = 'parked';
    if (isTemporaryName(held.place.name)) return;
    held.timer = setTimeout(() => void this.#sealUnasked(held), this.#options.emptySeconds * 1000);
  }

  async #sealUnasked(held: HeldUpload): Promise<void> {
    try {
      await this.#seal(held);
    } catch (error) {
      this.#options.context.log.warn('An empty file could not be taken in', { error });
    }
  }

  #seal(held: HeldUpload): Promise<void> {
    clearTimeout(held.timer);
    held.state = 'sealing';
    held.sealed = this.#accept(held);
    return held.sealed;
  }

  async #accept(held: HeldUpload): Promise<void> {
    const { place, modified, incoming } = held;
    const { size } = incoming.upload;
    try {
      const { jobId, registered } = await incoming.accept(place.name, saidOf(held));
      this.sealed.add({ jobId, folder: place.folder.path, name: place.name, size, modified, registered });
      await this.#afterwards(held.session, registered);
    } catch (error) {
      this.sealed.refuse(place);
      throw error;
    } finally {
      this.#held.delete(held);
    }
  }

  /**
   * Who sends a few files finds their jobs at once. Who sends many hears that a file is safe before the ledger knows it, which
   * then takes many with one commit; he finds all jobs when the session is over.
   */
  async #afterwards(session: symbol, registered: Promise<boolean>): Promise<void> {
    const all = this.#registering.get(session) ?? { sealed: 0, underWay: new Set() };
    this.#registering.set(session, all);
    all.sealed += 1;
    all.underWay.add(registered);
    void registered.then(() => all.underWay.delete(registered));
    if (all.sealed <= mostAwaited || all.underWay.size > mostRegistering) await registered;
  }

  async #discard(held: HeldUpload, outcome: 'refused' | 'broken' | 'abandoned'): Promise<void> {
    clearTimeout(held.timer);
    if (held.state !== 'sealing' && this.#held.delete(held)) await held.incoming.discard(outcome);
  }
}

/** What folder and client say of the upload. */
function saidOf({ place, modified, isTimeTold }: HeldUpload): Said {
  return { ...saidBy(place.folder), modifiedAt: isTimeTold ? new Date(modified * 1000).toISOString() : null };
}
