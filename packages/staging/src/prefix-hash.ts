import { createHash, type Hash } from 'node:crypto';

/** A SHA-256 over the first bytes of a file, as far as they were taken in; it knows whether they are still the same. */
export class PrefixHash {
  /** None before the first byte: of two that an upload has, one is never used. */
  #hash: Hash | undefined;
  #size = 0;
  #isSound = true;

  /** How many bytes were taken in. */
  get size(): number {
    return this.#size;
  }

  /** False once bytes that were taken in have become others; then nothing may be added before a restart. */
  get isSound(): boolean {
    return this.#isSound;
  }

  /** Takes in the bytes that come next. */
  add(bytes: Uint8Array): void {
    this.#hash ??= createHash('sha256');
    this.#hash.update(bytes);
    this.#size += bytes.length;
  }

  /** Tells that the bytes from there on are others now. */
  changed(position: number): void {
    if (position < this.#size) this.#isSound = false;
  }

  /** Forgets all that was taken in. */
  restart(): void {
    this.#hash = undefined;
    this.#size = 0;
    this.#isSound = true;
  }

  /** In hexadecimal. Called once, and nothing afterwards. */
  digest(): string {
    return (this.#hash ?? createHash('sha256')).digest('hex');
  }
}
