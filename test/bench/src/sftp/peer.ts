import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Contender } from './contender.ts';
import type { Medium } from './sftp-result.ts';
import type { WorkFolder } from './work-folder.ts';

const program = '/usr/sbin/sshd';
/** Where sshd locks up the process that talks to strangers; it refuses to start without. */
const separation = '/run/sshd';
/** Customers are not root, and for root sshd does less. */
const user = 'nobody';

/** Says what is missing for an sshd of our own; `null` when nothing is. */
export function peerProblem(): string | null {
  if (!existsSync(program)) return `${program} is missing: install the OpenSSH server (Debian: apt install openssh-server).`;
  if (process.getuid?.() !== 0) return 'The peer is an sshd, which must be started by root to work as it usually does.';
  return idsOf(user) === null ? `The peer's user ${user} is missing in /etc/passwd.` : null;
}

/** Starts an sshd with its internal-sftp, with configuration, key, port and folder of its own. The machine's sshd is left alone. */
export async function openPeer(folder: WorkFolder, medium: Medium): Promise<Contender> {
  const problem = peerProblem();
  if (problem !== null) throw new Error(problem);
  await mkdir(separation, { recursive: true, mode: 0o755 });
  const home = join(folder.received, 'sshd');
  const files = join(home, 'files');
  await mkdir(files, { recursive: true });
  const [uid, gid] = idsOf(user) ?? [0, 0];
  await chown(files, uid, gid);
  const port = await freePort();
  const config = join(home, 'sshd_config');
  await writeFile(join(home, 'authorized_keys'), `${folder.publicKey}\n`);
  await writeFile(config, configText({ home, files, port, hostKey: folder.key }));
  const log = await open(join(home, 'log'), 'w');
  const child = spawn(program, ['-D', '-e', '-f', config], { stdio: ['ignore', log.fd, log.fd] });
  await log.close();
  const close = (): Promise<void> => ended(child);
  try {
    await greeted(port, child, join(home, 'log'));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...{ name: 'sshd', port, user, close },
    // It syncs nothing by itself; in memory there is nothing to sync.
    clientOptions: medium === 'disk' ? ['-f'] : [],
    async take(expected) {
      const names = await readdir(files);
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(files, name))).size));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      for (const name of names) await rm(join(files, name));
      if (names.length !== expected.files || bytes !== expected.bytes) {
        throw new Error(`sshd has ${names.length} files with ${bytes} bytes instead of ${expected.files} with ${expected.bytes}.`);
      }
    },
  };
}

function idsOf(name: string): readonly [uid: number, gid: number] | null {
  const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return uid === undefined || gid === undefined ? null : [Number(uid), Number(gid)];
}

/** Nothing is looked up or limited that would slow it; all else is as it comes. */
function configText({ home, files, port, hostKey }: { home: string; files: string; port: number; hostKey: string }): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    'PidFile none',
    `AuthorizedKeysFile ${join(home, 'authorized_keys')}`,
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM yes',
    'UseDNS no',
    'MaxStartups 4000',
    'Subsystem sftp internal-sftp',
    `ForceCommand internal-sftp -d ${files}`,
    '',
  ].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function greeted(port: number, child: ChildProcess, log: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`sshd did not start; its words are in ${log}.`);
    if (await accepts(port)) return;
    await pause(50);
  }
  throw new Error('sshd did not answer within ten seconds.');
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const answer = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('error', () => answer(false));
    socket.once('data', () => answer(true));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}
