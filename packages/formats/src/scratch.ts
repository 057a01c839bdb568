/** Where a reader puts what would fill the memory; implemented by the caller, usually by a temporary file. */
export interface Scratch {
  /** A new, empty scratch file. Rejects with a failure when there is no space. */
  open(): Promise<ScratchFile>;
}

/** A scratch file: written once from start to end, then read anywhere. */
export interface ScratchFile {
  /** Adds bytes at the end. They may be reused by the caller as soon as the promise is fulfilled. */
  append(bytes: Uint8Array): Promise<void>;
  /** The bytes from a position on; fewer than asked for only at the end. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** Removes the file. Called exactly once. */
  close(): Promise<void>;
}
