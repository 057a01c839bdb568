import { flag, target, type Exchange, type Recording } from './recording.ts';

/*
 * WinSCP's SFTP: https://github.com/winscp/winscp, source/core/SftpFileSystem.cpp, as of 2026-08: DoStartup, Source,
 * SFTPOpenRemote, SFTPCloseRemote and RenameFile. Files of more than 100 KB travel as `.filepart` (the transfer setting
 * "resume": smart), the time is set after the rename, and posix-rename is not used unless the session says so.
 */
const source = 'winscp/winscp, source/core/SftpFileSystem.cpp';
const partial = `${target}.filepart`;
const piece = 32_768;

const begin: readonly Exchange[] = [
  { ask: 'limits', answer: 'extended' },
  { ask: 'realpath', path: '.', answer: 'name' },
];
const newFile = flag.write | flag.create | flag.truncate;

/** A small file: its properties go out together with CLOSE, before anybody knows whether that went well. */
const smallEnd: readonly Exchange[] = [
  { ask: 'write', part: 'all', piece, answer: 'ok' },
  { ask: 'close', answer: 'ok', atOnce: true },
  { ask: 'setstat', path: target, answer: 'ok' },
];

/** What WinSCP sends, by what its user does. */
export const winScp: readonly Recording[] = [
  {
    ...{ client: 'WinSCP', what: 'uploads a large file', source, overwrites: false },
    sessions: [
      [
        ...begin,
        { ask: 'lstat', path: target, answer: 'noSuchFile' },
        { ask: 'lstat', path: partial, answer: 'noSuchFile' },
        { ask: 'open', path: partial, flags: newFile, answer: 'handle' },
        { ask: 'write', part: 'all', piece, answer: 'ok' },
        { ask: 'close', answer: 'ok' },
        { ask: 'rename', path: partial, to: target, answer: 'ok' },
        { ask: 'setstat', path: target, answer: 'ok' },
      ],
    ],
  },
  {
    ...{ client: 'WinSCP', what: 'uploads a large file over another', source, overwrites: true },
    sessions: [
      [
        ...begin,
        { ask: 'lstat', path: target, answer: 'attributes' },
        { ask: 'lstat', path: partial, answer: 'noSuchFile' },
        { ask: 'open', path: partial, flags: newFile, answer: 'handle' },
        { ask: 'write', part: 'all', piece, answer: 'ok' },
        { ask: 'close', answer: 'ok' },
        { ask: 'remove', path: target, answer: 'ok' },
        { ask: 'rename', path: partial, to: target, answer: 'ok' },
        { ask: 'setstat', path: target, permissions: 0o200, answer: 'ok' },
      ],
    ],
  },
  {
    ...{ client: 'WinSCP', what: 'goes on with a large file whose connection broke', source, overwrites: false },
    sessions: [
      [
        ...begin,
        { ask: 'lstat', path: target, answer: 'noSuchFile' },
        { ask: 'lstat', path: partial, answer: 'noSuchFile' },
        { ask: 'open', path: partial, flags: newFile, answer: 'handle' },
        { ask: 'write', part: 'half', piece, answer: 'ok' },
      ],
      [
        ...begin,
        { ask: 'lstat', path: target, answer: 'noSuchFile' },
        { ask: 'lstat', path: partial, answer: 'attributes' },
        { ask: 'open', path: partial, flags: flag.write | flag.create, answer: 'handle' },
        { ask: 'write', part: 'rest', piece, answer: 'ok' },
        { ask: 'close', answer: 'ok' },
        { ask: 'rename', path: partial, to: target, answer: 'ok' },
        { ask: 'setstat', path: target, answer: 'ok' },
      ],
    ],
  },
  {
    ...{ client: 'WinSCP', what: 'uploads a small file', source, overwrites: false },
    sessions: [[...begin, { ask: 'open', path: target, flags: flag.write | flag.create | flag.exclusive, answer: 'handle' }, ...smallEnd]],
  },
  {
    ...{ client: 'WinSCP', what: 'uploads a small file over another, after asking', source, overwrites: true },
    sessions: [
      [
        ...begin,
        { ask: 'open', path: target, flags: flag.write | flag.create | flag.exclusive, answer: 'failure' },
        { ask: 'lstat', path: target, answer: 'attributes' },
        { ask: 'open', path: target, flags: newFile, answer: 'handle' },
        ...smallEnd,
      ],
    ],
  },
];
