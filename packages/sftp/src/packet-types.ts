/** The protocol version that is spoken here. */
export const protocolVersion = 3;

/** The largest packet that is taken, in bytes after the length field: OpenSSH's 256 KiB and room for a header. */
export const maxPacketBytes = 257 * 1024;

/** The most data that one READ returns or that a client should put into one WRITE, in bytes; OpenSSH's figure. */
export const maxDataBytes = 255 * 1024;

/** Numbers of the packets that a client sends (draft-ietf-secsh-filexfer-02 section 3). */
export const requestTypes = {
  init: 1,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fstat: 8,
  setstat: 9,
  fsetstat: 10,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  rmdir: 15,
  realpath: 16,
  stat: 17,
  rename: 18,
  readlink: 19,
  symlink: 20,
  extended: 200,
} as const;

/** Numbers of the packets that a server sends (draft-ietf-secsh-filexfer-02 section 3). */
export const replyTypes = {
  version: 2,
  status: 101,
  handle: 102,
  data: 103,
  name: 104,
  attrs: 105,
  extendedReply: 201,
} as const;
