import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';
import { serveSftp } from '../serve-sftp.ts';
import type { SftpFiles } from '../files.ts';
import type { SftpOptions } from '../options.ts';
import type { SftpEnd } from '../session.ts';

/** A started SSH server that lets everybody in and serves SFTP, each session as the recipe of `serveSftp` says. */
export interface SshServer {
  readonly port: number;
  /** That of its host key, as OpenSSH and PuTTY write it. */
  readonly fingerprint: string;
  /** How each session ended, in order of ending. */
  readonly ends: readonly SftpEnd[];
  /** Resolves when so many sessions have ended. */
  ended(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Called with each channel on which SFTP begins. */
export type OnChannel = (channel: ssh2.ServerChannel) => void;

/** Starts one on a free port of the loopback. */
export async function startSshServer(files: SftpFiles, options: SftpOptions = {}, onChannel?: OnChannel): Promise<SshServer> {
  const ends: SftpEnd[] = [];
  const connections = new Set<ssh2.Connection>();
  const hostKey = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private;
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection);
    connection.on('error', () => connection.end());
    connection.on('close', () => connections.delete(connection));
    connection.on('authentication', (attempt) => attempt.accept());
    connection.on('session', (acceptSession) => {
      acceptSession().on('subsystem', (accept) => {
        const channel = accept();
        const sftp = serveSftp(channel, files, options);
        onChannel?.(channel);
        connection.once('close', () => sftp.close());
        void sftp.done.then((end) => {
          channel.exit(end === 'eof' ? 0 : 1);
          channel.end();
          ends.push(end);
          server.emit('sftp-ended');
        });
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint: fingerprintOf(hostKey),
    ends,
    ended: async (count) => {
      while (ends.length < count) await once(server, 'sftp-ended');
    },
    stop: async () => {
      const closed = once(server, 'close');
      for (const connection of connections) connection.end();
      server.close();
      await closed;
    },
  };
}

function fingerprintOf(hostKey: string): string {
  const key = ssh2.utils.parseKey(hostKey);
  if (key instanceof Error) throw key;
  return `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replaceAll('=', '')}`;
}
