import { SftpError, type SftpAttributes, type SftpHandle } from '@rosterport/sftp';
import type { Box } from './box.ts';
import { uploadAttributes } from './attributes.ts';
import type { HeldUpload } from './held-upload.ts';
import { inSftpWords, sftpErrorOf } from './sftp-status.ts';

/** The handle of an upload. What was written cannot be read back. */
export function uploadHandle(box: Box, held: HeldUpload): SftpHandle {
  const { upload } = held.incoming;
  return {
    write: (position, bytes) =>
      orRefused(box, held, () => {
        const at = position ?? upload.size;
        if (!held.written.add(at, at + bytes.length)) throw new SftpError('failure', 'The file is written in too many pieces.');
        return upload.write(at, bytes);
      }),
    read: () => Promise.reject(new SftpError('permissionDenied', 'Uploads cannot be read.')),
    stat: () => Promise.resolve(uploadAttributes(upload.size, held.modified)),
    setstat: (attributes) => setHeld(box, held, attributes),
    sync: () => orRefused(box, held, () => upload.sync()),
    close: () => inSftpWords(() => box.close(held)),
    abandon: (reason) => (reason === 'writeFailed' ? box.refuse(held) : box.abandon(held)),
  };
}

/** Applies size and time to an upload that is not sealed; owner and permissions mean nothing here. */
export async function setHeld(box: Box, held: HeldUpload, { size, times }: SftpAttributes): Promise<void> {
  if (times !== undefined) {
    held.modified = times.modified;
    held.isTimeTold = true;
  }
  if (size === undefined || size === held.incoming.upload.size) return;
  held.written.cut(size);
  await orRefused(box, held, () => held.incoming.upload.truncate(size));
}

/** What fails on the way in can never be sealed, so that the file is gone before the client asks for it. */
async function orRefused(box: Box, held: HeldUpload, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await box.refuse(held);
    throw sftpErrorOf(error);
  }
}
