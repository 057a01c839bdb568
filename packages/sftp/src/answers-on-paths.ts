import type { Answers } from './answers.ts';
import { encodeAttrs, encodeHandle, encodeName, encodeStatus } from './encode-reply.ts';
import { SftpError } from './sftp-error.ts';

/** Answers to the requests about paths. */
export const answersOnPaths: Answers<
  | 'open'
  | 'stat'
  | 'lstat'
  | 'setstat'
  | 'opendir'
  | 'realpath'
  | 'mkdir'
  | 'rmdir'
  | 'remove'
  | 'rename'
  | 'readlink'
  | 'symlink'
> = {
  open: async ({ files, handles }, { id, path, flags, attributes }) => {
    handles.checkRoom();
    const file = await files.open(path, flags, attributes);
    const opened = { kind: 'file', file, flags, writeError: undefined, appended: Promise.resolve() } as const;
    return encodeHandle(id, handles.add(opened));
  },
  stat: async ({ files }, { id, path }) => encodeAttrs(id, await files.stat(path)),
  lstat: async ({ files }, { id, path }) => encodeAttrs(id, await (files.lstat ?? files.stat).call(files, path)),
  setstat: async ({ files }, { id, path, attributes }) => {
    await files.setstat(path, attributes);
    return encodeStatus(id, 'ok');
  },
  opendir: async ({ files, handles }, { id, path }) => {
    handles.checkRoom();
    const entries = await files.opendir(path);
    const iterator = Symbol.asyncIterator in entries ? entries[Symbol.asyncIterator]() : entries[Symbol.iterator]();
    return encodeHandle(id, handles.add({ kind: 'directory', path, entries: iterator, exhausted: false }));
  },
  realpath: async ({ files }, { id, path }) => {
    const name = files.realpath === undefined ? path : await files.realpath(path);
    return encodeName(id, [{ name, longName: name, attributes: {} }]);
  },
  mkdir: ({ files }, { id, path, attributes }) => done(id, files.mkdir?.(path, attributes)),
  rmdir: ({ files }, { id, path }) => done(id, files.rmdir?.(path)),
  remove: ({ files }, { id, path }) => done(id, files.remove?.(path)),
  rename: ({ files }, { id, from, to }) => done(id, files.rename?.(from, to, { overwrite: false })),
  readlink: async ({ files }, { id, path }) => {
    if (files.readlink === undefined) throw new SftpError('opUnsupported');
    const name = await files.readlink(path);
    return encodeName(id, [{ name, longName: name, attributes: {} }]);
  },
  symlink: ({ files }, { id, target, path }) => done(id, files.symlink?.(target, path)),
};

/** The reply to a request that gives nothing back, once it is done; without work the owner does not support it. */
async function done(id: number, work: Promise<void> | undefined): Promise<Buffer> {
  if (work === undefined) throw new SftpError('opUnsupported');
  await work;
  return encodeStatus(id, 'ok');
}
