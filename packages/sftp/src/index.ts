/**
 * The SFTP protocol, version 3, over any Duplex: a codec and the server's side of a session. Bytes of a client come in,
 * calls to the owner's `SftpFiles` and replies go out. It opens no socket and no file, knows nothing of SSH or of what the
 * files mean, and keeps nothing between sessions.
 */
export type { SftpAttributes } from './attributes.ts';
export { decodeRequest } from './decode-request.ts';
export * from './encode-reply.ts';
export { extensionVersions, type SftpExtension } from './extension.ts';
export { string, u32, u64 } from './fields.ts';
export type { AbandonReason, SftpEntry, SftpFiles, SftpHandle } from './files.ts';
export { longName } from './long-name.ts';
export { MalformedPacket } from './malformed-packet.ts';
export type { OpenFlags } from './open-flags.ts';
export type { SftpFaultPlace, SftpOptions } from './options.ts';
export { PacketAssembler } from './packet-assembler.ts';
export { maxDataBytes, maxPacketBytes, requestTypes } from './packet-types.ts';
export type { InitRequest, MetadataRequest, SftpRequest, TransferRequest } from './request.ts';
export { serveSftp } from './serve-sftp.ts';
export type { SftpEnd, SftpSession } from './session.ts';
export { SftpError, statusCodes, type SftpStatus } from './sftp-error.ts';
export { maxPathBytes, normalisePath } from './sftp-path.ts';
