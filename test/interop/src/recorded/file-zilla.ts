import { flag, target, type Exchange, type Recording } from './recording.ts';

/*
 * FileZilla's SFTP is a program of its own, fzsftp, made from PuTTY's psftp: src/putty/psftp.c of FileZilla 3 (copies on
 * GitHub: weiqk/FileZilla3), sftp_cmd_cd, sftp_cmd_ls, sftp_general_put and sftp_put_file. It lists the folder before and
 * after, with four READDIRs in flight, and sends the time after CLOSE where the transfer setting says so.
 */
const source = 'FileZilla 3, src/putty/psftp.c';
const piece = 16_384;

const connect: readonly Exchange[] = [
  { ask: 'realpath', path: '.', answer: 'name' },
  { ask: 'opendir', path: '/', answer: 'handle' },
  { ask: 'close', answer: 'ok' },
];
const list: readonly Exchange[] = [
  { ask: 'realpath', path: '/', answer: 'name' },
  { ask: 'opendir', path: '/', answer: 'handle' },
  { ask: 'readdir', answer: 'name', atOnce: true },
  { ask: 'readdir', answer: 'end', atOnce: true },
  { ask: 'readdir', answer: 'end', atOnce: true },
  { ask: 'readdir', answer: 'end' },
  { ask: 'close', answer: 'ok' },
];
const put: readonly Exchange[] = [
  { ask: 'realpath', path: target, answer: 'name' },
  { ask: 'open', path: target, flags: flag.write | flag.create | flag.truncate, permissions: 0o644, answer: 'handle' },
];
const end: readonly Exchange[] = [
  { ask: 'close', answer: 'ok' },
  { ask: 'setstat', path: target, answer: 'ok' },
  ...list,
];

/** What FileZilla sends, by what its user does. */
export const fileZilla: readonly Recording[] = [
  {
    ...{ client: 'FileZilla', what: 'uploads a file', source, overwrites: false },
    sessions: [[...connect, ...list, ...put, { ask: 'write', part: 'all', piece, answer: 'ok' }, ...end]],
  },
  {
    ...{ client: 'FileZilla', what: 'uploads a file over another', source, overwrites: true },
    sessions: [[...connect, ...list, ...put, { ask: 'write', part: 'all', piece, answer: 'ok' }, ...end]],
  },
  {
    ...{ client: 'FileZilla', what: 'goes on with a file whose connection broke', source, overwrites: false },
    sessions: [
      [...connect, ...list, ...put, { ask: 'write', part: 'half', piece, answer: 'ok' }],
      [
        ...connect,
        ...list,
        { ask: 'realpath', path: target, answer: 'name' },
        { ask: 'open', path: target, flags: flag.write, permissions: 0o644, answer: 'handle' },
        { ask: 'fstat', answer: 'attributes' },
        { ask: 'write', part: 'rest', piece, answer: 'ok' },
        ...end,
      ],
    ],
  },
];
