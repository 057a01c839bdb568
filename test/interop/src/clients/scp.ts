import { askPass, sshOptions } from '../open-ssh.ts';
import { cannot, everyKey, sendsAll, type Client, type Command, type Login } from '../client.ts';

const scp = (login: Login, words: readonly string[]): Command => ({
  file: '/usr/bin/scp',
  args: [...sshOptions(login), '-s', '-P', String(login.port), ...words],
  env: askPass(login),
});

const at = ({ user }: Login, path: string): string => `${user}@127.0.0.1:${path}`;

const copiesOnly = cannot('scp only copies');

/** OpenSSH's scp, which speaks SFTP since 9.0. */
export const openSshScp: Client = {
  name: 'scp',
  needs: ['/usr/bin/scp', '/usr/bin/ssh'],
  version: { command: { file: '/usr/bin/ssh', args: ['-V'] }, pattern: /OpenSSH_(\S+)/ },
  steps: {
    put: (login, { local, remote }) => scp(login, [local, at(login, remote)]),
    putKeepingTime: (login, { local, remote }) => scp(login, ['-p', local, at(login, remote)]),
    putAndRename: copiesOnly,
    resume: cannot('scp always begins anew'),
    mkdir: copiesOnly,
    mirror: (login, { local }) => scp(login, ['-r', local, at(login, '/')]),
    mirrorNewer: sendsAll,
    list: copiesOnly,
    stat: copiesOnly,
    get: (login, { local, remote }) => scp(login, [at(login, remote), local]),
  },
  keys: everyKey,
};
