import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeRequest } from './decode-request.ts';
import { string, u32, u64 } from './fields.ts';
import { MalformedPacket } from './malformed-packet.ts';
import { requestTypes } from './packet-types.ts';
import type { SftpRequest } from './request.ts';
import { attributes, request } from './test/client-packets.ts';

const handle = Buffer.from([0, 255, 65]);
const h = '\u0000\u00ffA';
const full = {
  size: 5_000_000_000,
  owner: { uid: 1000, gid: 100 },
  mode: 0o100644,
  times: { accessed: 4_000_000_000, modified: 2 },
};
const flags = { read: false, write: false, append: false, create: false, truncate: false, exclusive: false };

const cases: readonly (readonly [string, Buffer, SftpRequest])[] = [
  ['init', request('init', 3, string('newline@vandyke.com'), string('\n')), { kind: 'init', version: 3 }],
  ['open of put', request('open', 7, '/a', 0x1a, attributes({})), { kind: 'open', id: 7, path: '/a', flags: { ...flags, write: true, create: true, truncate: true }, attributes: {} }],
  ['open of scp', request('open', 7, 'a', 0x0a, attributes({ mode: 0o644 })), { kind: 'open', id: 7, path: '/a', flags: { ...flags, write: true, create: true }, attributes: { mode: 0o644 } }],
  ['open of reput', request('open', 7, './a', 0x02, attributes({})), { kind: 'open', id: 7, path: '/a', flags: { ...flags, write: true }, attributes: {} }],
  ['open of everything', request('open', 7, '/a', 0x3f, attributes({})), { kind: 'open', id: 7, path: '/a', flags: { read: true, write: true, append: true, create: true, truncate: true, exclusive: true }, attributes: {} }],
  ['open of nothing', request('open', 7, '/a', 0, attributes({})), { kind: 'open', id: 7, path: '/a', flags: { ...flags, read: true }, attributes: {} }],
  ['close', request('close', 7, string(handle)), { kind: 'close', id: 7, handle: h }],
  ['read', request('read', 7, string(handle), u64(2 ** 40 + 1), 32768), { kind: 'read', id: 7, handle: h, position: 2 ** 40 + 1, length: 32768 }],
  ['write', request('write', 7, string(handle), u64(3), 'data'), { kind: 'write', id: 7, handle: h, position: 3, bytes: Buffer.from('data') }],
  ['write with junk behind', request('write', 7, string(handle), u64(3), 'data', Buffer.alloc(999, 1)), { kind: 'write', id: 7, handle: h, position: 3, bytes: Buffer.from('data') }],
  ['lstat', request('lstat', 7, '/å'), { kind: 'lstat', id: 7, path: '/å' }],
  ['fstat', request('fstat', 7, string(handle)), { kind: 'fstat', id: 7, handle: h }],
  ['setstat', request('setstat', 7, '/a/', attributes(full)), { kind: 'setstat', id: 7, path: '/a', attributes: full }],
  ['fsetstat', request('fsetstat', 7, string(handle), attributes({ size: 0 })), { kind: 'fsetstat', id: 7, handle: h, attributes: { size: 0 } }],
  ['fsetstat with extended pairs', request('fsetstat', 7, string(handle), u32(0x80000004), u32(0o600), u32(1), 'a@b', 'c'), { kind: 'fsetstat', id: 7, handle: h, attributes: { mode: 0o600 } }],
  ['opendir', request('opendir', 7, ''), { kind: 'opendir', id: 7, path: '/' }],
  ['readdir', request('readdir', 7, string(handle)), { kind: 'readdir', id: 7, handle: h }],
  ['remove', request('remove', 7, '/a/../b'), { kind: 'remove', id: 7, path: '/b' }],
  ['mkdir', request('mkdir', 7, '/d/', attributes({ mode: 0o755 })), { kind: 'mkdir', id: 7, path: '/d', attributes: { mode: 0o755 } }],
  ['rmdir', request('rmdir', 7, '/d'), { kind: 'rmdir', id: 7, path: '/d' }],
  ['realpath', request('realpath', 7, '.'), { kind: 'realpath', id: 7, path: '/' }],
  ['stat', request('stat', 7, '//a'), { kind: 'stat', id: 7, path: '/a' }],
  ['rename', request('rename', 7, 'a.part', 'a'), { kind: 'rename', id: 7, from: '/a.part', to: '/a' }],
  ['readlink', request('readlink', 7, '/l'), { kind: 'readlink', id: 7, path: '/l' }],
  ['symlink', request('symlink', 7, '../t', '/l'), { kind: 'symlink', id: 7, target: '../t', path: '/l' }],
  ['posix-rename', request('extended', 7, 'posix-rename@openssh.com', 'a', 'b'), { kind: 'posixRename', id: 7, from: '/a', to: '/b' }],
  ['fsync', request('extended', 7, 'fsync@openssh.com', string(handle)), { kind: 'fsync', id: 7, handle: h }],
  ['limits', request('extended', 7, 'limits@openssh.com'), { kind: 'limits', id: 7 }],
  ['statvfs', request('extended', 7, 'statvfs@openssh.com', '/'), { kind: 'statvfs', id: 7, path: '/' }],
];

const body = (packet: Buffer): Buffer => packet.subarray(4);

test('the cases name every type of request', () => {
  const seen = new Set(cases.map(([, packet]) => packet.readUInt8(4)));
  expect([...seen].sort((a, b) => a - b)).toEqual(Object.values(requestTypes));
});

test.each(cases)('reads %s', (_name, packet, expected) => {
  expect(decodeRequest(body(packet))).toEqual(expected);
});

test.each(cases)('reads %s with bytes left over', (_name, packet, expected) => {
  expect(decodeRequest(Buffer.concat([body(packet), Buffer.from('junk')]))).toEqual(expected);
});

test.each(cases.filter(([name]) => name !== 'init' && name !== 'write with junk behind'))(
  'any cut through %s is malformed',
  (_name, packet) => {
    for (let length = 0; length < packet.length - 4; length += 1) {
      expect(() => decodeRequest(packet.subarray(4, 4 + length))).toThrow(MalformedPacket);
    }
  },
);

describe('refuses what is well formed and cannot be taken', () => {
  const table: readonly (readonly [string, Buffer, readonly [string, string]])[] = [
    ['an unknown type', request(99, 7), ['opUnsupported', 'does not support']],
    ['an unknown extension', request('extended', 7, 'x@y', 'z'), ['opUnsupported', 'does not support']],
    ['an extension named as an object member', request('extended', 7, '__proto__'), ['opUnsupported', 'does not support']],
    ['a path that is not UTF-8', request('stat', 7, string(Buffer.from([0x2f, 0xe5]))), ['failure', 'UTF-8']],
    ['a surrogate in a path', request('stat', 7, string(Buffer.from([0xed, 0xa0, 0x80]))), ['failure', 'UTF-8']],
    ['a NUL in a path', request('remove', 7, 'a\0b'), ['failure', 'NUL']],
    ['a NUL in the target of a link', request('symlink', 7, 'a\0', '/l'), ['failure', 'NUL']],
    ['a path beyond 4096 bytes', request('mkdir', 7, 'a'.repeat(4097), attributes({})), ['failure', '4096']],
    ['an offset beyond 2^53', request('write', 7, string(handle), u64(2 ** 53), 'x'), ['failure', '2^53']],
    ['the largest offset', request('read', 7, string(handle), Buffer.alloc(8, 255), 1), ['failure', '2^53']],
    ['a size beyond 2^53', request('setstat', 7, '/a', u32(1), Buffer.alloc(8, 255)), ['failure', '2^53']],
  ];
  test.each(table)('%s', (_name, packet, [status, words]) => {
    const refused = { kind: 'refused', id: 7, status, message: expect.stringContaining(words) as unknown };
    expect(decodeRequest(body(packet))).toEqual(refused);
  });
});

test('a byte-order mark stays part of a name', () => {
  expect(decodeRequest(body(request('stat', 7, '\ufeffa')))).toMatchObject({ path: '/\ufeffa' });
});

test('the bytes of a WRITE are a view, not a copy', () => {
  const packet = request('write', 7, string(handle), u64(0), Buffer.concat([u32(3), Buffer.from('abc')]));
  const decoded = decodeRequest(body(packet));
  expect(decoded.kind === 'write' && decoded.bytes.buffer).toBe(packet.buffer);
});

test('extended attributes that claim to be many end with the packet', () => {
  const packet = request('setstat', 7, '/a', u32(0x80000000), u32(0xffffffff), '', '');
  expect(() => decodeRequest(body(packet))).toThrow(MalformedPacket);
});

describe('any bytes give a request or a MalformedPacket', () => {
  const total = (bytes: Uint8Array): void => {
    try {
      expect(decodeRequest(Buffer.from(bytes))).toHaveProperty('kind');
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedPacket);
    }
  };

  test('random ones', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), total), { numRuns: 2000 });
  });

  test('real requests with bytes changed, cut or added', () => {
    const packets = fc.constantFrom(...cases.map(([, packet]) => body(packet)));
    const changes = fc.array(fc.tuple(fc.nat(300), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), { maxLength: 4 });
    const mutated = fc.tuple(packets, changes, fc.nat(300), fc.uint8Array({ maxLength: 8 }));
    fc.assert(
      fc.property(mutated, ([packet, edits, cut, tail]) => {
        const bytes = Buffer.concat([packet.subarray(0, cut), tail]);
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        total(bytes);
      }),
      { numRuns: 5000 },
    );
  });
});
