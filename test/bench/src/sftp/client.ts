import { spawn } from 'node:child_process';
import type { Contender } from './contender.ts';

/** The client of both, with one key exchange, one host key and one cipher for both. */
const clientOptions = [
  ...['-F', '/dev/null', '-b', '-', '-c', 'aes128-gcm@openssh.com'],
  ...[
    'BatchMode=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'IdentitiesOnly=yes',
    'KexAlgorithms=curve25519-sha256',
    'HostKeyAlgorithms=ssh-ed25519',
  ].flatMap((option) => ['-o', option]),
];

/** Runs one session of OpenSSH's `sftp` with these commands. Fails with what it said unless all of them succeeded. */
export function runSession(contender: Contender, key: string, commands: readonly string[]): Promise<void> {
  const { port, user } = contender;
  const options = [...clientOptions, ...contender.clientOptions, '-i', key, '-P', String(port), `${user}@127.0.0.1`];
  return new Promise((resolve, reject) => {
    const child = spawn('sftp', options, { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A session with ${contender.name} ended with ${code ?? 'a signal'}: ${said}`));
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(commands.map((command) => `${command}\n`).join(''));
  });
}
