import type { SftpAttributes } from './attributes.ts';
import type { OpenFlags } from './open-flags.ts';
import type { SftpStatus } from './sftp-error.ts';

/** A request about something already opened. Handles are kept as text, one character a byte. */
interface OnHandle<Kind extends string> {
  readonly kind: Kind;
  readonly id: number;
  readonly handle: string;
}

/** A request about a path, which is absolute and regular. */
interface OnPath<Kind extends string> {
  readonly kind: Kind;
  readonly id: number;
  readonly path: string;
}

interface Renaming<Kind extends string> {
  readonly kind: Kind;
  readonly id: number;
  readonly from: string;
  readonly to: string;
}

/** The first packet of a session. */
export interface InitRequest {
  readonly kind: 'init';
  /** The client's version of the protocol. */
  readonly version: number;
}

/** READ and WRITE, the requests that may overlap. */
export type TransferRequest =
  | (OnHandle<'read'> & { readonly position: number; readonly length: number })
  | (OnHandle<'write'> & { readonly position: number; readonly bytes: Buffer });

/** Every request that is answered in its turn, one at a time. */
export type MetadataRequest =
  | (OnPath<'open'> & { readonly flags: OpenFlags; readonly attributes: SftpAttributes })
  | OnHandle<'close' | 'fstat' | 'readdir'>
  | (OnHandle<'fsetstat'> & { readonly attributes: SftpAttributes })
  | OnPath<'stat' | 'lstat' | 'opendir' | 'remove' | 'rmdir' | 'realpath' | 'readlink'>
  | (OnPath<'setstat' | 'mkdir'> & { readonly attributes: SftpAttributes })
  | Renaming<'rename'>
  /** `target` is as the client wrote it: it may be relative to the link. */
  | (OnPath<'symlink'> & { readonly target: string })
  /** posix-rename@openssh.com: the target is replaced. */
  | Renaming<'posixRename'>
  /** fsync@openssh.com. */
  | OnHandle<'fsync'>
  /** statvfs@openssh.com. */
  | OnPath<'statvfs'>
  /** limits@openssh.com. */
  | { readonly kind: 'limits'; readonly id: number }
  /** Well formed, but not to be taken: an unknown type, a path or number that cannot be used. */
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly status: Exclude<SftpStatus, 'ok'>;
      readonly message: string;
    };

/** Everything that a client may ask. */
export type SftpRequest = InitRequest | TransferRequest | MetadataRequest;
