import { join } from 'node:path';
import type { Login } from './client.ts';

/** Options with which OpenSSH's programs log in without questions; the port is not among them. */
export function sshOptions({ key, tools }: Login): readonly string[] {
  const by = key === null ? ['-o', 'PubkeyAuthentication=no'] : ['-o', `IdentityFile=${key}`, '-o', 'PasswordAuthentication=no'];
  return ['-F', join(tools, 'ssh_config'), ...by];
}

/** The environment in which OpenSSH's programs ask a script for the password, not a person. */
export function askPass({ password, tools }: Login): Readonly<Record<string, string>> {
  return { SSH_ASKPASS: join(tools, 'ask-pass'), SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0', SFTP_PASSWORD: password };
}
