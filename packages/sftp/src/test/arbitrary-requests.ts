import fc from 'fast-check';
import type { SftpAttributes } from '../attributes.ts';
import { decodeOpenFlags } from '../open-flags.ts';
import { string, u64 } from '../fields.ts';
import type { SftpRequest } from '../request.ts';
import { normalisePath } from '../sftp-path.ts';
import { attributes, request } from './client-packets.ts';

/** A request as a client sends it, without its length, and as it must be understood. */
export interface Sent {
  readonly packet: Buffer;
  readonly means: SftpRequest;
}

const id = fc.nat(0xffffffff);
const word = fc.nat(0xffffffff);
const position = fc.maxSafeNat();
const handle = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replaceAll('\0', ''));
const path = fc.oneof(text, fc.array(fc.constantFrom('a', '..', '.', '', 'é', 'x.csv'), { maxLength: 6 }).map((parts) => parts.join('/')));
const data = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const wishes: fc.Arbitrary<SftpAttributes> = fc.record(
  {
    size: position,
    owner: fc.record({ uid: word, gid: word }),
    mode: word,
    times: fc.record({ accessed: word, modified: word }),
  },
  { requiredKeys: [] },
);

function sent(packet: Buffer, means: SftpRequest): Sent {
  return { packet: packet.subarray(4), means };
}

const onPath = (kind: 'stat' | 'lstat' | 'opendir' | 'remove' | 'rmdir' | 'realpath' | 'readlink'): fc.Arbitrary<Sent> =>
  fc.tuple(id, path).map(([number, where]) => sent(request(kind, number, where), { kind, id: number, path: normalisePath(where) }));

const onHandle = (kind: 'close' | 'fstat' | 'readdir'): fc.Arbitrary<Sent> =>
  fc.tuple(id, handle).map(([number, on]) => sent(request(kind, number, string(on)), { kind, id: number, handle: on.toString('latin1') }));

const withWishes = (kind: 'setstat' | 'mkdir'): fc.Arbitrary<Sent> =>
  fc.tuple(id, path, wishes).map(([number, where, wish]) =>
    sent(request(kind, number, where, attributes(wish)), { kind, id: number, path: normalisePath(where), attributes: wish }),
  );

const extended: fc.Arbitrary<Sent> = fc.oneof(
  fc.tuple(id, path, path).map(([number, from, to]) =>
    sent(request('extended', number, 'posix-rename@openssh.com', from, to), {
      kind: 'posixRename',
      id: number,
      from: normalisePath(from),
      to: normalisePath(to),
    }),
  ),
  fc.tuple(id, handle).map(([number, on]) =>
    sent(request('extended', number, 'fsync@openssh.com', string(on)), { kind: 'fsync', id: number, handle: on.toString('latin1') }),
  ),
  fc.tuple(id, path).map(([number, where]) =>
    sent(request('extended', number, 'statvfs@openssh.com', where), { kind: 'statvfs', id: number, path: normalisePath(where) }),
  ),
  id.map((number) => sent(request('extended', number, 'limits@openssh.com'), { kind: 'limits', id: number })),
);

/** Every kind of request that there is, with any values that are legal. */
export const anyRequest: fc.Arbitrary<Sent> = fc.oneof(
  word.map((version) => sent(request('init', version), { kind: 'init', version })),
  fc.tuple(id, path, word, wishes).map(([number, where, flags, wish]) =>
    sent(request('open', number, where, flags, attributes(wish)), {
      ...{ kind: 'open' as const, id: number, path: normalisePath(where) },
      ...{ flags: decodeOpenFlags(flags), attributes: wish },
    }),
  ),
  fc.tuple(id, handle, position, word).map(([number, on, at, length]) =>
    sent(request('read', number, string(on), u64(at), length), {
      ...{ kind: 'read' as const, id: number, handle: on.toString('latin1') },
      ...{ position: at, length },
    }),
  ),
  fc.tuple(id, handle, position, data).map(([number, on, at, bytes]) =>
    sent(request('write', number, string(on), u64(at), string(bytes)), {
      ...{ kind: 'write' as const, id: number, handle: on.toString('latin1') },
      ...{ position: at, bytes },
    }),
  ),
  fc.tuple(id, handle, wishes).map(([number, on, wish]) =>
    sent(request('fsetstat', number, string(on), attributes(wish)), {
      ...{ kind: 'fsetstat' as const, id: number },
      ...{ handle: on.toString('latin1'), attributes: wish },
    }),
  ),
  fc.tuple(id, path, path).map(([number, from, to]) =>
    sent(request('rename', number, from, to), { kind: 'rename', id: number, from: normalisePath(from), to: normalisePath(to) }),
  ),
  fc.tuple(id, path, path).map(([number, target, where]) =>
    sent(request('symlink', number, target, where), { kind: 'symlink', id: number, target, path: normalisePath(where) }),
  ),
  ...(['stat', 'lstat', 'opendir', 'remove', 'rmdir', 'realpath', 'readlink'] as const).map(onPath),
  ...(['close', 'fstat', 'readdir'] as const).map(onHandle),
  ...(['setstat', 'mkdir'] as const).map(withWishes),
  extended,
);
