import { decodeAttributes } from './attributes.ts';
import { decodeOpenFlags } from './open-flags.ts';
import { PacketReader } from './packet-reader.ts';
import { requestTypes as type } from './packet-types.ts';
import type { SftpRequest } from './request.ts';
import { SftpError, statusMessages } from './sftp-error.ts';
import type { SftpExtension } from './extension.ts';

type Decode = (id: number, reader: PacketReader) => SftpRequest;

const decoders: Readonly<Record<number, Decode>> = {
  [type.open]: (id, reader) => ({
    kind: 'open',
    id,
    path: reader.path(),
    flags: decodeOpenFlags(reader.u32()),
    attributes: decodeAttributes(reader),
  }),
  [type.close]: (id, reader) => ({ kind: 'close', id, handle: reader.latin1() }),
  [type.read]: (id, reader) => ({
    kind: 'read',
    id,
    handle: reader.latin1(),
    position: reader.u64(),
    length: reader.u32(),
  }),
  [type.write]: (id, reader) => ({
    kind: 'write',
    id,
    handle: reader.latin1(),
    position: reader.u64(),
    bytes: reader.bytes(),
  }),
  [type.lstat]: (id, reader) => ({ kind: 'lstat', id, path: reader.path() }),
  [type.fstat]: (id, reader) => ({ kind: 'fstat', id, handle: reader.latin1() }),
  [type.setstat]: (id, reader) => ({
    kind: 'setstat',
    id,
    path: reader.path(),
    attributes: decodeAttributes(reader),
  }),
  [type.fsetstat]: (id, reader) => ({
    kind: 'fsetstat',
    id,
    handle: reader.latin1(),
    attributes: decodeAttributes(reader),
  }),
  [type.opendir]: (id, reader) => ({ kind: 'opendir', id, path: reader.path() }),
  [type.readdir]: (id, reader) => ({ kind: 'readdir', id, handle: reader.latin1() }),
  [type.remove]: (id, reader) => ({ kind: 'remove', id, path: reader.path() }),
  [type.mkdir]: (id, reader) => ({ kind: 'mkdir', id, path: reader.path(), attributes: decodeAttributes(reader) }),
  [type.rmdir]: (id, reader) => ({ kind: 'rmdir', id, path: reader.path() }),
  [type.realpath]: (id, reader) => ({ kind: 'realpath', id, path: reader.path() }),
  [type.stat]: (id, reader) => ({ kind: 'stat', id, path: reader.path() }),
  [type.rename]: (id, reader) => ({ kind: 'rename', id, from: reader.path(), to: reader.path() }),
  [type.readlink]: (id, reader) => ({ kind: 'readlink', id, path: reader.path() }),
  // OpenSSH and everyone after it send the target first, against the draft.
  [type.symlink]: (id, reader) => ({ kind: 'symlink', id, target: reader.rawPath(), path: reader.path() }),
  [type.extended]: (id, reader) => {
    const name = reader.latin1();
    return isExtension(name) ? extensionDecoders[name](id, reader) : unsupported(id);
  },
};

const extensionDecoders: Readonly<Record<SftpExtension, Decode>> = {
  'posix-rename@openssh.com': (id, reader) => ({ kind: 'posixRename', id, from: reader.path(), to: reader.path() }),
  'fsync@openssh.com': (id, reader) => ({ kind: 'fsync', id, handle: reader.latin1() }),
  'limits@openssh.com': (id) => ({ kind: 'limits', id }),
  'statvfs@openssh.com': (id, reader) => ({ kind: 'statvfs', id, path: reader.path() }),
};

/**
 * Reads one packet of a client (draft-ietf-secsh-filexfer-02 sections 4 to 8). Total: any bytes give a request or throw
 * a `MalformedPacket`, nothing else. A request that is well formed and cannot be taken is of the kind `refused`. The
 * bytes of a WRITE are a view of the packet.
 */
export function decodeRequest(packet: Buffer): SftpRequest {
  const reader = new PacketReader(packet);
  const number = reader.u8();
  if (number === type.init) return { kind: 'init', version: reader.u32() };
  const id = reader.u32();
  const decode = decoders[number];
  if (decode === undefined) return unsupported(id);
  try {
    return decode(id, reader);
  } catch (error) {
    if (error instanceof SftpError) return { kind: 'refused', id, status: error.status, message: error.message };
    throw error;
  }
}

function unsupported(id: number): SftpRequest {
  return { kind: 'refused', id, status: 'opUnsupported', message: statusMessages.opUnsupported };
}

function isExtension(name: string): name is SftpExtension {
  return Object.hasOwn(extensionDecoders, name);
}
