import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askPass } from '../open-ssh.ts';
import type { Account, Stage } from './stage.ts';

/**
 * The environment of a customer's shell in a folder: OpenSSH's programs know the host and ask a script for the password, the
 * token stands in `TOKEN`, and the fingerprint of the host key that libssh2 prefers in `FINGERPRINT`.
 */
export async function shellFor({ tools }: Stage, { user, password }: Account, folder: string): Promise<Readonly<Record<string, string>>> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  for (const name of ['sftp', 'scp', 'ssh']) {
    await writeFile(join(bin, name), `#!/bin/sh\nexec /usr/bin/${name} -F '${join(tools.folder, 'ssh_config')}' "$@"\n`);
    await chmod(join(bin, name), 0o700);
  }
  await copyFile(join(tools.folder, 'known_hosts'), join(folder, 'known_hosts'));
  const login = { port: 0, user, password, key: null, hostKeys: [], tools: tools.folder };
  return {
    ...askPass(login),
    PATH: `${bin}:/usr/bin:/bin`,
    HOME: folder,
    RCLONE_CONFIG: '/dev/null',
    FOLDER: folder,
    TOKEN: password,
    FINGERPRINT: (tools.hostKeys['ecdsa-sha2-nistp256'] ?? '').replace('SHA256:', ''),
  };
}
