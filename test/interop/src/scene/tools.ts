import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Product } from '@rosterport/journeys';
import ssh2 from 'ssh2';
import { keyKinds, type Client, type KeyKind } from '../client.ts';
import { runWell } from './run-command.ts';

/** What clients need beside their commands. */
export interface Tools {
  readonly folder: string;
  /** Paths of the private keys. */
  readonly keys: Readonly<Record<KeyKind, string>>;
  /** Fingerprints of the host keys, `SHA256:…`, by the name of their kind. */
  readonly hostKeys: Readonly<Record<string, string>>;
}

const kindOptions: Readonly<Record<KeyKind, readonly string[]>> = {
  ed25519: ['-t', 'ed25519'],
  // Older libraries read only the older form of these two.
  ecdsa: ['-t', 'ecdsa', '-b', '256', '-m', 'PEM'],
  rsa: ['-t', 'rsa', '-b', '2048', '-m', 'PEM'],
};

/** Makes keys, the settings of OpenSSH, the script that answers for a person, and what the clients build. */
export async function makeTools(folder: string, product: Product, clients: readonly Client[]): Promise<Tools> {
  await mkdir(folder, { recursive: true });
  const hostKeys = await hostKeysOf(product);
  await writeFile(join(folder, 'known_hosts'), hostKeys.map((line) => `rosterport ${line}\n`).join(''));
  const settings = [
    `UserKnownHostsFile "${join(folder, 'known_hosts')}"`,
    ...['GlobalKnownHostsFile /dev/null', 'HostKeyAlias rosterport', 'StrictHostKeyChecking yes', 'LogLevel ERROR'],
    ...['IdentitiesOnly yes', 'IdentityAgent none', 'NumberOfPasswordPrompts 1'],
  ];
  await writeFile(join(folder, 'ssh_config'), `${settings.join('\n')}\n`);
  await writeFile(join(folder, 'ask-pass'), '#!/bin/sh\nprintf "%s\\n" "$SFTP_PASSWORD"\n');
  await chmod(join(folder, 'ask-pass'), 0o700);
  const hasPutty = clients.some(({ needs }) => needs.includes('/usr/bin/puttygen'));
  const keys = Object.fromEntries(keyKinds.map((kind) => [kind, join(folder, `id_${kind}`)])) as Record<KeyKind, string>;
  for (const kind of keyKinds) {
    await runWell({ file: '/usr/bin/ssh-keygen', args: ['-q', ...kindOptions[kind], '-N', '', '-C', kind, '-f', keys[kind]] });
    if (hasPutty) await runWell({ file: '/usr/bin/puttygen', args: [keys[kind], '-O', 'private', '-o', `${keys[kind]}.ppk`] });
  }
  for (const { build } of clients) if (build !== undefined) await runWell(build(folder));
  return { folder, keys, hostKeys: Object.fromEntries(hostKeys.map((line) => [line.split(' ')[0] ?? '', fingerprint(line)])) };
}

/** The public host keys, from where an operator would read them to a customer. */
async function hostKeysOf({ dataDir }: Product): Promise<readonly string[]> {
  const folder = join(dataDir, 'ssh');
  const names = (await readdir(folder)).filter((name) => !name.endsWith('.pub'));
  const keys = await Promise.all(names.map(async (name) => ssh2.utils.parseKey(await readFile(join(folder, name)))));
  return keys.flatMap((key) => (key instanceof Error ? [] : [`${key.type} ${key.getPublicSSH().toString('base64')}`]));
}

function fingerprint(line: string): string {
  const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}
