import { isFailure } from '@rosterport/domain';
import type { Share, Quotas } from './limits/quotas.ts';
import type { Arrival, Door, Incoming } from './receive.ts';

/**
 * The door with the quotas of tenants before it, for every channel but drop folders: a file that is known to go beyond is
 * refused before its first byte, and one that goes beyond on its way at the byte that does. Both fail with `quotaExceeded`;
 * the upload that was under way is then the channel's to discard.
 */
export function withQuotas(door: Door, quotas: Quotas): Door {
  const guarded = async (arrival: Arrival, begin: () => Promise<Incoming>): Promise<Incoming> => {
    if (arrival.channel === 'drop-folder') return begin();
    const share = await quotas.take(arrival.sender.tenantId, arrival.said?.size);
    try {
      return counted(await begin(), share);
    } catch (error) {
      share.free();
      throw error;
    }
  };
  return {
    ...door,
    begin: (arrival) => guarded(arrival, () => door.begin(arrival)),
    resume: (arrival) => guarded(arrival, () => door.resume(arrival)),
  };
}

function counted(incoming: Incoming, share: Share): Incoming {
  const { upload } = incoming;
  const write = upload.write.bind(upload);
  const truncate = upload.truncate.bind(upload);
  const accept = incoming.accept.bind(incoming);
  const discard = incoming.discard.bind(incoming);
  const leave = incoming.leave.bind(incoming);
  holdIfItFits(share, upload.size);
  // The upload stays the object that it is: channels hold on to it, and read its size from it.
  Object.assign(upload, {
    async write(position: number, bytes: Uint8Array) {
      share.hold(Math.max(upload.size, position + bytes.length));
      await write(position, bytes);
    },
    async truncate(size: number) {
      share.hold(size);
      await truncate(size);
    },
  });
  return Object.assign(incoming, {
    async accept(...wanted: Parameters<Incoming['accept']>) {
      try {
        const accepted = await accept(...wanted);
        share.spend(upload.size);
        return accepted;
      } catch (error) {
        // A file that was refused at the end is gone.
        share.free();
        throw error;
      }
    },
    async leave(...wanted: Parameters<Incoming['leave']>) {
      share.free();
      await leave(...wanted);
    },
    async discard(...wanted: Parameters<Incoming['discard']>) {
      share.free();
      await discard(...wanted);
    },
  });
}

/** An upload that was left and does not fit any more is still the sender's to discard; its next byte is refused. */
function holdIfItFits(share: Share, bytes: number): void {
  try {
    share.hold(bytes);
  } catch (error) {
    if (!isFailure(error)) throw error;
  }
}
