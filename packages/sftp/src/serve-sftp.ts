import type { Duplex } from 'node:stream';
import type { SftpFiles } from './files.ts';
import type { SftpOptions } from './options.ts';
import { SftpSession } from './session.ts';

/**
 * Serves SFTP version 3 (draft-ietf-secsh-filexfer-02) on a channel until the client ends it. READs and WRITEs overlap
 * within a bound; every other request waits for all before it and runs alone; replies leave in the order of the
 * requests. The channel is read no faster than requests are answered and replies are taken.
 *
 * The session never ends the channel: its owner does, when `done` resolves, because an exit status has to go first.
 * With ssh2, without an `sftp` listener on its session:
 *
 * ```ts
 * session.on('subsystem', (accept, reject, info) => {
 *   if (info.name !== 'sftp') return reject();
 *   const channel = accept();
 *   // ssh2 1.17 spins for ever when it writes to a channel whose peer takes packets of 0 bytes.
 *   if (!(channel.outgoing.packetSize >= 1024)) return connection.end();
 *   const sftp = serveSftp(channel, files, { onError });
 *   // A channel that is not being read does not tell that its connection is gone.
 *   connection.once('close', () => sftp.close());
 *   void sftp.done.then((end) => {
 *     channel.exit(end === 'eof' ? 0 : 1); // without it scp says that it failed
 *     channel.end(); // without it sftp hangs
 *   });
 * });
 * ```
 */
export function serveSftp(channel: Duplex, files: SftpFiles, options: SftpOptions = {}): SftpSession {
  return new SftpSession(channel, files, options);
}
