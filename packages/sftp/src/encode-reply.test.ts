import { expect, test } from '@jest/globals';
import * as encode from './encode-reply.ts';

const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');
const u64 = (value: number): string => value.toString(16).padStart(16, '0');

test.each([
  ['VERSION', encode.encodeVersion([]), '00000005 02 00000003'],
  [
    'VERSION with extensions',
    encode.encodeVersion(['statvfs@openssh.com', 'fsync@openssh.com']),
    `0000003b 02 00000003 00000013 ${hex('statvfs@openssh.com')} 00000001 32 00000011 ${hex('fsync@openssh.com')} 00000001 31`,
  ],
  ['STATUS', encode.encodeStatus(7, 'noSuchFile', 'nö'), `00000014 65 00000007 00000002 00000003 ${hex('nö')} 00000000`],
  ['HANDLE', encode.encodeHandle(7, '\u0000\u00ffA'), '0000000c 66 00000007 00000003 00ff41'],
  ['DATA', encode.encodeData(7, Buffer.from('abc')), '0000000c 67 00000007 00000003 616263'],
  ['ATTRS of nothing', encode.encodeAttrs(7, {}), '00000009 69 00000007 00000000'],
  [
    'ATTRS of everything',
    encode.encodeAttrs(7, { size: 2 ** 32 + 1, owner: { uid: 1, gid: 2 }, mode: 0o100644, times: { accessed: 3, modified: 4 } }),
    '00000025 69 00000007 0000000f 0000000100000001 00000001 00000002 000081a4 00000003 00000004',
  ],
  [
    'NAME',
    encode.encodeName(7, [{ name: 'å', longName: 'l å', attributes: { mode: 1 } }]),
    `0000001f 68 00000007 00000001 00000002 ${hex('å')} 00000004 ${hex('l å')} 00000004 00000001`,
  ],
  [
    'limits@openssh.com',
    encode.encodeLimits(7, { packet: 1, read: 2, write: 3, handles: 4 }),
    `00000025 c9 00000007 ${[1, 2, 3, 4].map(u64).join(' ')}`,
  ],
  [
    'statvfs@openssh.com',
    encode.encodeVolume(7, { blockSize: 4096, blocks: 9, freeBlocks: 8, files: 7, freeFiles: 6 }),
    `0000005d c9 00000007 ${[4096, 4096, 9, 8, 8, 7, 6, 6, 0, 0, 255].map(u64).join(' ')}`,
  ],
])('writes %s', (_name, packet, expected) => {
  expect(packet.toString('hex')).toBe(expected.replaceAll(' ', ''));
});
