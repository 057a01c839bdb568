import type { ServerChannel } from 'ssh2';
import { Pace } from '../../limits/pace.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';
import type { Meter } from './metered-files.ts';

/** What a session is to be cut for, as seen at a moment, in milliseconds of one clock. */
export type Sluggishness = (now: number) => 'slowUpload' | 'unreadReplies' | null;

/** What watching a session takes. */
export interface SessionWatch {
  readonly limits: Pick<SftpLimits, 'slowestUpload' | 'stallMs'>;
  readonly meter: Meter;
  /** True while the client waits for us. */
  readonly isOurTurn: () => boolean;
}

/** Watches the uploads of a session, and whether its client reads the replies. The answer is asked for now and then. */
export function watchSession(channel: ServerChannel, { limits, meter, isOurTurn }: SessionWatch): Sluggishness {
  const uploads = new Pace({ bytesPerSecond: limits.slowestUpload, overMs: limits.stallMs });
  const replies = new Pace({ bytesPerSecond: 0, overMs: limits.stallMs });
  let drains = 0;
  channel.on('drain', () => (drains += 1));
  return (now) => {
    if (uploads.isTooSlow({ now, moved: meter.written, isUnderWay: meter.uploads > 0, isOurTurn: isOurTurn() })) return 'slowUpload';
    const isUnderWay = channel.writableNeedDrain;
    return replies.isTooSlow({ now, moved: drains, isUnderWay, isOurTurn: false }) ? 'unreadReplies' : null;
  };
}
