import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram, type Outcome } from './run-program.ts';

/** OpenSSH's clients as a person has them, but with a list of known hosts of their own. */
export interface OpenSshShell {
  /** Runs a program that finds these clients in its PATH. */
  run(file: string, args: readonly string[], input?: string): Promise<Outcome>;
}

/**
 * Prepares a folder with clients that trust a host on first sight and answer every question for a password with this one.
 */
export async function openSshShell(folder: string, password: string): Promise<OpenSshShell> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const script = async (name: string, text: string): Promise<string> => {
    const path = join(bin, name);
    await writeFile(path, `#!/bin/sh\n${text}\n`);
    await chmod(path, 0o700);
    return path;
  };
  const askPass = await script('ask-pass', `case "$1" in *"(yes/no"*) echo yes ;; *) echo '${password}' ;; esac`);
  const config = join(folder, 'ssh_config');
  await writeFile(config, `UserKnownHostsFile "${join(folder, 'known_hosts')}"\nIdentityFile none\nNumberOfPasswordPrompts 1\n`);
  for (const name of ['sftp', 'scp', 'ssh']) await script(name, `exec /usr/bin/${name} -F '${config}' "$@"`);
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, SSH_ASKPASS: askPass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' };
  return { run: (file, args, input = '') => runProgram(file, args, { env, input }) };
}
