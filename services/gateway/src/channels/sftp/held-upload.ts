import type { Incoming, Sender } from '../../receive.ts';
import type { LedgerOwner } from './ledger-view.ts';
import type { UploadPlace } from './places.ts';
import { writtenRanges, type WrittenRanges } from './written-ranges.ts';

/** How far an upload is safe from the end of this process. */
export interface Checkpoint {
  /** Bytes from its beginning on. */
  size: number;
  /** When the last one was begun, in milliseconds of the process. */
  at: number;
  isUnderWay: boolean;
}

/**
 * An upload that is not sealed. It is `open` while a handle stands for it, then `parked` (a temporary name that waits for its
 * rename, or an empty file that may be opened again) or `sealing`, also while it is being left on disk; a parked one may be
 * opened again. Afterwards it is gone from the box.
 */
export interface HeldUpload {
  /** Where it will be sealed. */
  place: UploadPlace;
  state: 'open' | 'parked' | 'sealing';
  readonly incoming: Incoming;
  readonly sender: Sender & LedgerOwner;
  readonly written: WrittenRanges;
  readonly checkpoint: Checkpoint;
  /** Seconds since 1970: what the client told, else when it wrote last. */
  modified: number;
  /** True when the client told the time. */
  isTimeTold: boolean;
  /** True for one that goes on with what was left. */
  isResumed: boolean;
  /** False while it is only a new handle on a file that was accepted: nothing was written, nothing was cut. */
  isTouched: boolean;
  /** When its client asked for something last, in milliseconds of the process. */
  movedAt: number;
  /** The session that has it or had it last. */
  session: symbol;
  /** Ends when the sealing, or the leaving, has ended, well or not. */
  ended: Promise<void> | undefined;
  /** Seals an empty file when it has been left alone. */
  timer: NodeJS.Timeout | undefined;
}

/** Holds an upload that has just begun. */
export function holdUpload(
  place: UploadPlace,
  session: symbol,
  { incoming, sender }: Pick<HeldUpload, 'incoming' | 'sender'>,
): HeldUpload {
  const now = performance.now();
  return {
    place,
    sender,
    state: 'open',
    incoming,
    written: writtenRanges(),
    checkpoint: { size: 0, at: now, isUnderWay: false },
    modified: nowSeconds(),
    isTimeTold: false,
    isResumed: false,
    isTouched: true,
    movedAt: now,
    session,
    ended: undefined,
    timer: undefined,
  };
}

/** The time in the unit of SFTP: whole seconds since 1970. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
