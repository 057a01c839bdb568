import type { HeldUpload } from './held-upload.ts';
import { noteOf } from './left-uploads.ts';

/** How often an upload that goes on is made safe: after so many more bytes, or with any once so much time is over. */
export interface CheckpointPace {
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Notes what has arrived without a gap, when it is time, so that its sender can go on with it after a server that was killed.
 * Never fails: an upload that could not be noted is lost, and its next request says so.
 */
export async function makeCheckpoint(held: HeldUpload, pace: CheckpointPace): Promise<void> {
  const { checkpoint, state, incoming } = held;
  if (checkpoint.isUnderWay || state !== 'open' || !isTime(held, pace)) return;
  const note = noteOf(held, false);
  Object.assign(checkpoint, { size: note.size, at: performance.now(), isUnderWay: true });
  try {
    await incoming.upload.note(note);
  } catch {
    // It ended meanwhile, or the disk failed it; whoever asks next hears which.
  } finally {
    checkpoint.isUnderWay = false;
  }
}

function isTime({ checkpoint, written, movedAt }: HeldUpload, { bytes, seconds }: CheckpointPace): boolean {
  const more = written.whole() - checkpoint.size;
  return more >= bytes || (more !== 0 && movedAt - checkpoint.at >= seconds * 1000);
}
