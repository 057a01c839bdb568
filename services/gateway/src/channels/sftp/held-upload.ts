import type { Incoming } from '../../receive.ts';
import type { UploadPlace } from './places.ts';
import { writtenRanges, type WrittenRanges } from './written-ranges.ts';

/**
 * An upload that is not sealed. It is `open` while a handle stands for it, then `parked` (a temporary name that waits for its
 * rename, or an empty file that may be opened again) or `sealing`; a parked one may be opened again. Afterwards it is gone
 * from the box.
 */
export interface HeldUpload {
  /** Where it will be sealed. */
  place: UploadPlace;
  state: 'open' | 'parked' | 'sealing';
  readonly incoming: Incoming;
  readonly written: WrittenRanges;
  /** Seconds since 1970, as far as the client told. */
  modified: number;
  /** True when the client told the time; false while it is that of the beginning. */
  isTimeTold: boolean;
  /** The session that has it or had it last. */
  session: symbol;
  /** Ends when the sealing has ended, well or not. */
  sealed: Promise<void> | undefined;
  /** Seals an empty file when it has been left alone. */
  timer: NodeJS.Timeout | undefined;
}

/** Holds an upload that has just begun. */
export function holdUpload(place: UploadPlace, session: symbol, incoming: Incoming): HeldUpload {
  return {
    place,
    state: 'open',
    incoming,
    written: writtenRanges(),
    modified: nowSeconds(),
    isTimeTold: false,
    session,
    sealed: undefined,
    timer: undefined,
  };
}

/** The time in the unit of SFTP: whole seconds since 1970. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
