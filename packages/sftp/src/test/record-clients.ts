import { execFile } from 'node:child_process';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerChannel } from 'ssh2';
import { PacketAssembler } from '../packet-assembler.ts';
import { u32 } from '../fields.ts';
import { MemoryFiles } from './memory-files.ts';
import { corpusFolder, recordingText, type Exchange } from './recording.ts';
import { startSshServer } from './ssh-server.ts';

interface Setting {
  readonly port: number;
  readonly fingerprint: string;
  /** A file of 40,000 letters A, made in 2024. */
  readonly file: string;
  /** A file that a program may read its commands from. */
  readonly script: (text: string) => Promise<string>;
}

interface Driver {
  readonly name: string;
  readonly version: readonly [string, ...string[]];
  readonly command: (setting: Setting) => Promise<readonly [string, ...string[]]>;
}

const openSsh = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'] as const;

const drivers: readonly Driver[] = [
  {
    name: 'openssh-sftp',
    version: ['ssh', '-V'],
    command: async ({ port, file, script }) => {
      const batch = await script(`put ${file} /a.csv\nput -p ${file} /b.csv\nls -l\nrename /b.csv /c.csv\nmkdir /d\nrmdir /d\nrm /c.csv\n`);
      return ['sftp', ...openSsh, '-P', String(port), '-b', batch, 'anyone@127.0.0.1'];
    },
  },
  {
    name: 'openssh-scp',
    version: ['ssh', '-V'],
    command: ({ port, file }) => Promise.resolve(['scp', ...openSsh, '-s', '-p', '-P', String(port), file, 'anyone@127.0.0.1:a.csv']),
  },
  {
    name: 'psftp',
    version: ['psftp', '-V'],
    command: async ({ port, fingerprint, file, script }) => {
      const batch = await script(`put ${file} a.csv\nls\nren a.csv b.csv\nquit\n`);
      return ['psftp', '-batch', '-hostkey', fingerprint, '-P', String(port), '-pw', 'any', '-b', batch, 'anyone@127.0.0.1'];
    },
  },
  {
    name: 'lftp',
    version: ['lftp', '--version'],
    command: ({ port, file }) =>
      Promise.resolve([
        ...(['lftp', '-c'] as const),
        [
          `set sftp:connect-program "ssh -a -x ${openSsh.join(' ')}"`,
          `open -u anyone,any sftp://127.0.0.1:${port}`,
          `put ${file} -o a.csv`,
          'ls',
          'mv a.csv b.csv',
        ].join('; '),
      ]),
  },
  {
    name: 'curl',
    version: ['curl', '--version'],
    command: ({ port, file }) => Promise.resolve(['curl', '-sk', '-T', file, `sftp://anyone:any@127.0.0.1:${port}/a.csv`]),
  },
  {
    name: 'rclone',
    version: ['rclone', 'version'],
    command: ({ port, file }) => {
      // "any", as rclone wants a password written.
      const remote = `:sftp,host=127.0.0.1,port=${port},user=anyone,pass=aX4Gedupct_xIW4fX7xKO62iBQ,shell_type=none:a.csv`;
      return Promise.resolve(['rclone', 'copyto', '--config', '/dev/null', '--sftp-concurrency', '4', file, remote]);
    },
  },
  {
    name: 'paramiko',
    version: ['/usr/bin/python3', '-c', 'import paramiko; print("paramiko", paramiko.__version__)'],
    command: async ({ port, file, script }) => {
      const program = [
        'import paramiko, sys',
        `t = paramiko.Transport(("127.0.0.1", ${port}))`,
        't.connect(username="anyone", password="any")',
        's = paramiko.SFTPClient.from_transport(t)',
        `s.put("${file}", "/a.csv")`,
        's.listdir_attr("/")',
        's.rename("/a.csv", "/b.csv")',
        's.posix_rename("/b.csv", "/c.csv")',
        's.utime("/c.csv", (1700000000, 1700000000))',
        't.close()',
      ];
      return ['/usr/bin/python3', await script(`${program.join('\n')}\n`)];
    },
  },
];

/** Lets every client that is installed do its work against a server of ours and keeps what went over the channel. */
export async function recordClients(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sftp-recording-'));
  try {
    for (const driver of drivers) {
      const version = await run(driver.version).catch(() => undefined);
      if (version === undefined) continue;
      const exchanges = await record(driver, folder);
      const [client = driver.name] = version.split('\n');
      await writeFile(join(corpusFolder, `${driver.name}.json`), recordingText({ client, exchanges }));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function record({ name, command }: Driver, folder: string): Promise<readonly Exchange[]> {
  const sessions: { readonly asked: Buffer[]; readonly replied: Buffer[] }[] = [];
  const server = await startSshServer(new MemoryFiles(), {}, (channel) => sessions.push(tapped(channel)));
  try {
    const file = join(folder, 'data.csv');
    await writeFile(file, 'A'.repeat(40_000));
    await utimes(file, 1_717_200_000, 1_717_200_000);
    const script = async (text: string): Promise<string> => {
      await writeFile(join(folder, 'script'), text);
      return join(folder, 'script');
    };
    await run(await command({ port: server.port, fingerprint: server.fingerprint, file, script }));
    await server.ended(1);
  } finally {
    await server.stop();
  }
  // rclone opens a second connection now and then, for nothing.
  const [session] = sessions.sort((one, other) => other.asked.length - one.asked.length);
  if (session === undefined || session.asked.length !== session.replied.length) throw new Error(`${name} was not heard out.`);
  return session.asked.map((ask, at) => ({ ask: Buffer.concat([u32(ask.length), ask]), reply: session.replied[at] ?? Buffer.alloc(0) }));
}

function tapped(channel: ServerChannel): { readonly asked: Buffer[]; readonly replied: Buffer[] } {
  const [asked, replied]: [Buffer[], Buffer[]] = [[], []];
  const [coming, going] = [new PacketAssembler(), new PacketAssembler()];
  channel.on('data', (chunk: Buffer) => asked.push(...[...coming.push(chunk)].map((packet) => Buffer.from(packet))));
  const write = channel.write.bind(channel) as (chunk: Buffer) => boolean;
  channel.write = ((chunk: Buffer) => {
    replied.push(...[...going.push(chunk)].map((packet) => Buffer.from(packet)));
    return write(chunk);
  }) as typeof channel.write;
  return { asked, replied };
}

function run([file, ...args]: readonly [string, ...string[]]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { timeout: 60_000 }, (error, out, err) => {
      if (error === null) resolve(`${out}${err}`.trim());
      else reject(new Error(`${file}: ${error.message} ${err}`));
    });
    child.stdin?.end();
  });
}
