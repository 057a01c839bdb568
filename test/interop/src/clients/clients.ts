import type { Client } from '../client.ts';
import { asyncssh } from './asyncssh.ts';
import { curlClient } from './curl.ts';
import { jsch } from './jsch.ts';
import { lftpClient } from './lftp.ts';
import { netSftpForeign } from './net-sftp-foreign.ts';
import { openSshScp } from './scp.ts';
import { openSshSftp } from './open-ssh-sftp.ts';
import { paramiko } from './paramiko.ts';
import { puttyScp } from './pscp.ts';
import { puttySftp } from './psftp.ts';
import { rclone } from './rclone.ts';
import { ssh2SftpClient } from './ssh2-sftp-client.ts';
import { sshfs } from './sshfs.ts';

/** The clients of the matrix, in the order of the table. */
export const clients: readonly Client[] = [
  openSshSftp,
  openSshScp,
  sshfs,
  puttySftp,
  puttyScp,
  lftpClient,
  curlClient,
  rclone,
  paramiko,
  asyncssh,
  netSftpForeign,
  ssh2SftpClient,
  jsch,
];
