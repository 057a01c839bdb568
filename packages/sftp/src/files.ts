import type { SftpAttributes } from './attributes.ts';
import type { SftpVolume } from './encode-reply.ts';
import type { OpenFlags } from './open-flags.ts';

/** One entry of a directory. */
export interface SftpEntry {
  /** The name alone, without its directory. */
  readonly name: string;
  readonly attributes: SftpAttributes;
  /** The line that interactive clients print; made in the manner of `ls -l` when absent. */
  readonly longName?: string;
}

/** Why a handle was given up: the client went away before CLOSE, or a WRITE failed and CLOSE came after it. */
export type AbandonReason = 'disconnected' | 'writeFailed';

/**
 * One open file, given by the owner of the session. READs and WRITEs are called in the order of their arrival, and one
 * may begin before an earlier one has ended; no other call runs beside them. After `close` or `abandon`, exactly one of
 * which is called exactly once, nothing is called any more.
 */
export interface SftpHandle {
  /**
   * Writes at the position, in bytes from the start; `null` for a file opened to append: at its end, and then one call
   * ends before the next begins. Positions come in any order and may leave holes or overlap. The bytes are the
   * owner's to keep. A rejection is final: later WRITEs and CLOSE fail with the same error.
   */
  write(position: number | null, bytes: Buffer): Promise<void>;
  /** Up to `length` bytes from the position; `null` or nothing at the end of the file. */
  read(position: number, length: number): Promise<Uint8Array | null>;
  stat(): Promise<SftpAttributes>;
  /** Applies what is given; a size cuts or lengthens the file (scp relies on it). */
  setstat(attributes: SftpAttributes): Promise<void>;
  /** Makes the bytes durable; asked for by fsync@openssh.com, when that is offered. */
  sync?(): Promise<void>;
  /** The client has sent all it meant to send. A rejection is the client's answer, and the handle is gone all the same. */
  close(): Promise<void>;
  /** Gives the file up; called when no other call is running. The session is not over before this has ended. */
  abandon(reason: AbandonReason): Promise<void>;
}

/**
 * What a session asks of its owner. Paths are absolute, regular, valid UTF-8 and free of NUL. Each method may reject with
 * an `SftpError`, which the client hears; anything else is told to `onError`, and the client hears of a failure without
 * its words. Except for READ and WRITE on handles, one call ends before the next begins. What is left out is answered
 * as not supported.
 */
export interface SftpFiles {
  /** Opens a file; what each flag asks for is the owner's to do or refuse. */
  open(path: string, flags: OpenFlags, attributes: SftpAttributes): Promise<SftpHandle>;
  /** Rejects with `noSuchFile` when there is none. */
  stat(path: string): Promise<SftpAttributes>;
  /** As `stat`, but of a link itself; `stat` when absent. */
  lstat?(path: string): Promise<SftpAttributes>;
  setstat(path: string, attributes: SftpAttributes): Promise<void>;
  /** The entries of a directory. They are taken as the client asks for them, and `return` is called when it stops early. */
  opendir(path: string): Promise<Iterable<SftpEntry> | AsyncIterable<SftpEntry>>;
  /** The canonical form of a path, which need not exist; the regular path itself when absent. */
  realpath?(path: string): Promise<string>;
  mkdir?(path: string, attributes: SftpAttributes): Promise<void>;
  rmdir?(path: string): Promise<void>;
  remove?(path: string): Promise<void>;
  /**
   * `overwrite` is true for posix-rename@openssh.com, which replaces the target. For the plain RENAME it is false, and
   * by the draft an existing target is refused; many clients know only this one, so an owner may be lenient.
   */
  rename?(from: string, to: string, options: { readonly overwrite: boolean }): Promise<void>;
  readlink?(path: string): Promise<string>;
  symlink?(target: string, path: string): Promise<void>;
  /** The room left for this user, as `df` shows it; statvfs@openssh.com is offered when this is present. */
  statvfs?(path: string): Promise<SftpVolume>;
}
