import type { LeftUploads } from './left-uploads.ts';
import type { HeldUpload } from './held-upload.ts';
import { keyOf, type UploadPlace } from './places.ts';
import { seenHeld, type Seen } from './seen.ts';
import { fileOfSidecar, mostSidecarBytes, readProof, sidecarOf, type Proof, type Sidecar } from './sidecars.ts';
import { mostHeld, type Sealed, type UploadsInHand } from './uploads-in-hand.ts';

/**
 * Brings files and the proofs beside them together, in whichever order they come: the first is left on disk, the second
 * seals the file. A proof serves once, and is no job.
 */
export class Proofs {
  readonly #inHand: UploadsInHand;
  readonly #left: LeftUploads;
  /** Those that have done their work, by place: some clients ask for them afterwards. */
  readonly #used = new Map<string, Seen>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(inHand: UploadsInHand, left: LeftUploads) {
    this.#inHand = inHand;
    this.#left = left;
  }

  /** A proof that was used. */
  find(place: UploadPlace): Seen | undefined {
    return this.#used.get(keyOf(place));
  }

  /** Those of a folder that were used, by name. */
  in(folder: string): readonly (readonly [string, Seen])[] {
    const start = `${folder}//`;
    return [...this.#used].filter(([key]) => key.startsWith(start)).map(([key, seen]) => [key.slice(start.length), seen]);
  }

  /** Forgets one that was used; false when there is none. */
  forget(place: UploadPlace): boolean {
    return this.#used.delete(keyOf(place));
  }

  /**
   * Takes in a file, or a proof, that its sender has closed. Resolves with the file that is sealed by it, or with `null` when
   * the other one is not there yet. Fails with `uploadDamaged` when the file is not what the proof says; then both are gone.
   */
  async match(held: HeldUpload, kind: Exclude<Sidecar, 'none'>): Promise<Sealed | null> {
    // One after the other: a file and its proof that come at once must not each wait for the other.
    const turn = this.#turn.then(() => {
      const file = fileOfSidecar(held.place, kind);
      return file === null ? this.#matchFile(held, kind) : this.#matchProof(held, file, kind);
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #matchFile(held: HeldUpload, kind: Exclude<Sidecar, 'none'>): Promise<Sealed | null> {
    const sidecar = this.#left.find(sidecarOf(held.place, kind));
    if (sidecar?.note.isClosed !== true) return this.#wait(held);
    const beside = await this.#inHand.resume(sidecar, held.session);
    return this.#inHand.seal(held, await this.#use(beside, held.place.name, kind));
  }

  async #matchProof(held: HeldUpload, file: UploadPlace, kind: Exclude<Sidecar, 'none'>): Promise<Sealed | null> {
    const subject = this.#left.find(file);
    if (subject?.note.isClosed !== true) {
      await this.#read(held, file.name, kind);
      return this.#wait(held);
    }
    const proof = await this.#use(held, file.name, kind);
    return this.#inHand.seal(await this.#inHand.resume(subject, held.session), proof);
  }

  async #wait(held: HeldUpload): Promise<null> {
    await this.#inHand.leave(held, { isClosed: true });
    return null;
  }

  async #read(held: HeldUpload, fileName: string, kind: Sidecar): Promise<Proof> {
    try {
      return readProof(await held.incoming.upload.head(mostSidecarBytes), kind, fileName);
    } catch (error) {
      await this.#inHand.refuse(held);
      throw error;
    }
  }

  async #use(held: HeldUpload, fileName: string, kind: Sidecar): Promise<Proof> {
    const proof = await this.#read(held, fileName, kind);
    if (this.#used.size >= mostHeld) this.#used.clear();
    this.#used.set(keyOf(held.place), { ...seenHeld(held), state: 'proof', jobId: null });
    await this.#inHand.abandon(held);
    return proof;
  }
}
