import type { Answers, Desk } from './answers.ts';
import { encodeLimits, encodeStatus, encodeVolume } from './encode-reply.ts';
import type { SftpExtension } from './extension.ts';
import { maxDataBytes, maxPacketBytes } from './packet-types.ts';
import { SftpError } from './sftp-error.ts';

/** Answers to the extensions of OpenSSH; what is not offered is not answered either. */
export const answersToExtensions: Answers<'posixRename' | 'fsync' | 'limits' | 'statvfs'> = {
  posixRename: async (desk, { id, from, to }) => {
    check(desk, 'posix-rename@openssh.com');
    if (desk.files.rename === undefined) throw new SftpError('opUnsupported');
    await desk.files.rename(from, to, { overwrite: true });
    return encodeStatus(id, 'ok');
  },
  fsync: async (desk, { id, handle }) => {
    check(desk, 'fsync@openssh.com');
    const { file, writeError } = desk.handles.file(handle);
    if (writeError !== undefined) throw writeError;
    if (file.sync === undefined) throw new SftpError('opUnsupported');
    await file.sync();
    return encodeStatus(id, 'ok');
  },
  limits: (desk, { id }) => {
    check(desk, 'limits@openssh.com');
    const { maxHandles } = desk.settings;
    const limits = { packet: maxPacketBytes, read: maxDataBytes, write: maxDataBytes, handles: maxHandles };
    return Promise.resolve(encodeLimits(id, limits));
  },
  statvfs: async (desk, { id, path }) => {
    check(desk, 'statvfs@openssh.com');
    if (desk.files.statvfs === undefined) throw new SftpError('opUnsupported');
    return encodeVolume(id, await desk.files.statvfs(path));
  },
};

function check({ settings }: Desk, extension: SftpExtension): void {
  if (!settings.extensions.includes(extension)) throw new SftpError('opUnsupported');
}
