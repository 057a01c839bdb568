import { encodeAttributes, type SftpAttributes } from './attributes.ts';
import { extensionVersions, type SftpExtension } from './extension.ts';
import { string, u32, u64 } from './fields.ts';
import { protocolVersion, replyTypes as type } from './packet-types.ts';
import { statusCodes, statusMessages, type SftpStatus } from './sftp-error.ts';

/** One entry of a NAME reply. */
export interface NameEntry {
  readonly name: string;
  /** The line that interactive clients print. */
  readonly longName: string;
  readonly attributes: SftpAttributes;
}

/** The figures of limits@openssh.com, in bytes but for the last. */
export interface SftpLimits {
  readonly packet: number;
  readonly read: number;
  readonly write: number;
  readonly handles: number;
}

/** The room in a file system, as statvfs@openssh.com tells it. */
export interface SftpVolume {
  /** Bytes in a block. */
  readonly blockSize: number;
  readonly blocks: number;
  readonly freeBlocks: number;
  /** How many files there may be, and how many more. */
  readonly files: number;
  readonly freeFiles: number;
  /** The longest name, in bytes; 255 when absent. */
  readonly maxName?: number;
}

/** VERSION with the extensions that are offered (draft section 4). All encoders here return whole packets, length included. */
export function encodeVersion(extensions: readonly SftpExtension[]): Buffer {
  const pairs = extensions.flatMap((name) => [string(name), string(extensionVersions[name])]);
  return packet(type.version, [u32(protocolVersion), ...pairs]);
}

/** STATUS (draft section 7); the message is for people. */
export function encodeStatus(id: number, status: SftpStatus, message?: string): Buffer {
  if (message !== undefined) return statusPacket(id, status, message);
  let plain = plainStatuses.get(status);
  if (plain === undefined) plainStatuses.set(status, (plain = statusPacket(0, status, statusMessages[status])));
  const reply = Buffer.from(plain);
  reply.writeUInt32BE(id, idAt);
  return reply;
}

/** Those that say what they always say, made once: two of three replies to a small file are one of them. */
const plainStatuses = new Map<SftpStatus, Buffer>();

/** Where the id stands in a packet: behind its length and its type. */
const idAt = 5;

function statusPacket(id: number, status: SftpStatus, message: string): Buffer {
  return packet(type.status, [u32(id), u32(statusCodes[status]), string(message), string('')]);
}

/** HANDLE (draft section 7); the handle is given as text, one character a byte. */
export function encodeHandle(id: number, handle: string): Buffer {
  return packet(type.handle, [u32(id), string(handle, 'latin1')]);
}

/** DATA (draft section 7). */
export function encodeData(id: number, bytes: Uint8Array): Buffer {
  return packet(type.data, [u32(id), u32(bytes.length), bytes]);
}

/** NAME (draft section 7), for READDIR, REALPATH and READLINK. */
export function encodeName(id: number, entries: readonly NameEntry[]): Buffer {
  const fields = entries.flatMap((entry) => [
    string(entry.name),
    string(entry.longName),
    encodeAttributes(entry.attributes),
  ]);
  return packet(type.name, [u32(id), u32(entries.length), ...fields]);
}

/** ATTRS (draft section 7). */
export function encodeAttrs(id: number, attributes: SftpAttributes): Buffer {
  return packet(type.attrs, [u32(id), encodeAttributes(attributes)]);
}

/** EXTENDED_REPLY to limits@openssh.com. */
export function encodeLimits(id: number, limits: SftpLimits): Buffer {
  const { packet: packetBytes, read, write, handles } = limits;
  return packet(type.extendedReply, [u32(id), ...[packetBytes, read, write, handles].map(u64)]);
}

/** EXTENDED_REPLY to statvfs@openssh.com: the fields of POSIX `statvfs`, 64 bits each. */
export function encodeVolume(id: number, volume: SftpVolume): Buffer {
  const { blockSize, blocks, freeBlocks, files, freeFiles, maxName = 255 } = volume;
  const space = [blockSize, blockSize, blocks, freeBlocks, freeBlocks];
  return packet(type.extendedReply, [u32(id), ...[...space, files, freeFiles, freeFiles, 0, 0, maxName].map(u64)]);
}

function packet(number: number, fields: readonly Uint8Array[]): Buffer {
  let length = 1;
  for (const field of fields) length += field.length;
  return Buffer.concat([u32(length), Buffer.of(number), ...fields], length + 4);
}
