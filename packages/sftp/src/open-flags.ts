/** How a client wishes to open a file; any set of these is legal (draft-ietf-secsh-filexfer-02 section 6.3). */
export interface OpenFlags {
  /** Also true when neither reading nor writing was asked for, as OpenSSH takes it. */
  readonly read: boolean;
  readonly write: boolean;
  /** Each WRITE goes to the end; its offset means nothing. */
  readonly append: boolean;
  readonly create: boolean;
  /** Without it an existing file keeps its bytes until it is overwritten or cut by FSETSTAT: `scp` and resuming clients. */
  readonly truncate: boolean;
  /** The file must not exist. */
  readonly exclusive: boolean;
}

/** Reads the bits of OPEN's `pflags`. */
export function decodeOpenFlags(bits: number): OpenFlags {
  const write = (bits & 0x02) !== 0;
  return {
    read: (bits & 0x01) !== 0 || !write,
    write,
    append: (bits & 0x04) !== 0,
    create: (bits & 0x08) !== 0,
    truncate: (bits & 0x10) !== 0,
    exclusive: (bits & 0x20) !== 0,
  };
}
