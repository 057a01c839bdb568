/** The extensions of OpenSSH (its PROTOCOL file, section 4) that can be offered, with the version that is spoken. */
export const extensionVersions = {
  'posix-rename@openssh.com': '1',
  'fsync@openssh.com': '1',
  'limits@openssh.com': '1',
  'statvfs@openssh.com': '2',
} as const;

/** The name of an extension that can be offered. */
export type SftpExtension = keyof typeof extensionVersions;
