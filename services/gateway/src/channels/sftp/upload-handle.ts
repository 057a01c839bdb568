import { SftpError, type SftpAttributes, type SftpHandle } from '@rosterport/sftp';
import type { Box } from './box.ts';
import type { Seen } from './seen.ts';
import { uploadAttributes } from './attributes.ts';
import { nowSeconds, type HeldUpload } from './held-upload.ts';
import { inSftpWords, sftpErrorOf } from './sftp-status.ts';

/** The handle of an upload; once `isGone`, its CLOSE waits for no verdict. What was written cannot be read back. */
export function uploadHandle(box: Box, held: HeldUpload, isGone: () => boolean): SftpHandle {
  const { upload } = held.incoming;
  let isFirst = true;
  return {
    write: (position, bytes) =>
      orRefused(box, held, async () => {
        // Who begins at 0 does not go on with what was left: no end of it may stay behind a shorter file.
        const cut = isFirst && held.isResumed && position === 0 ? cutAll(held) : undefined;
        isFirst = false;
        held.isTouched = true;
        held.movedAt = performance.now();
        if (!held.isTimeTold) held.modified = nowSeconds();
        const at = position ?? upload.size;
        if (!held.written.add(at, at + bytes.length)) throw new SftpError('failure', 'The file is written in too many pieces.');
        const written = upload.write(at, bytes);
        await (cut === undefined ? written : Promise.all([cut, written]));
        void box.inHand.makeSafe(held);
      }),
    read: () => Promise.reject(new SftpError('permissionDenied', 'Uploads cannot be read.')),
    stat: () => {
      held.movedAt = performance.now();
      return inSftpWords(async () => attributesOf(await box.seenOf(held)));
    },
    setstat: (attributes) => setHeld(box, held, attributes),
    sync: () => orRefused(box, held, () => upload.sync()),
    close: () => inSftpWords(() => box.close(held, isGone)),
    abandon: (reason) => (reason === 'writeFailed' ? box.inHand.refuse(held) : box.inHand.breakOff(held)),
  };
}

/** Applies size and time to an upload that is not sealed; owner and permissions mean nothing here. */
export async function setHeld(box: Box, held: HeldUpload, { size, times }: SftpAttributes): Promise<void> {
  if (times !== undefined) {
    held.modified = times.modified;
    held.isTimeTold = true;
  }
  if (size === undefined) return;
  held.isTouched = true;
  if (size === held.incoming.upload.size) return;
  held.written.cut(size);
  await orRefused(box, held, () => held.incoming.upload.truncate(size));
}

function cutAll({ written, incoming }: HeldUpload): Promise<void> {
  written.cut(0);
  return incoming.upload.truncate(0);
}

function attributesOf({ size, modified }: Seen): SftpAttributes {
  return uploadAttributes(size, modified);
}

/** What fails on the way in can never be sealed, so that the file is gone before the client asks for it. */
async function orRefused(box: Box, held: HeldUpload, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await box.inHand.refuse(held, { error });
    throw sftpErrorOf(error);
  }
}
