import { dirname } from 'node:path';
import { cannot, everyKey, sendsAll, type Client, type Command, type Login } from '../client.ts';
import { puttyOptions } from '../putty.ts';

const pscp = (login: Login, words: readonly string[]): Command => ({
  file: '/usr/bin/pscp',
  args: ['-sftp', ...puttyOptions(login), ...words],
});

const at = ({ user }: Login, path: string): string => `${user}@127.0.0.1:${path}`;

const copiesOnly = cannot('pscp only copies and lists');

/** PuTTY's pscp over SFTP. */
export const puttyScp: Client = {
  name: 'pscp -sftp',
  needs: ['/usr/bin/pscp', '/usr/bin/puttygen'],
  version: { command: { file: '/usr/bin/pscp', args: ['-V'] }, pattern: /Release (\S+)/ },
  steps: {
    put: (login, { local, remote }) => pscp(login, [local, at(login, remote)]),
    putKeepingTime: (login, { local, remote }) => pscp(login, ['-p', local, at(login, remote)]),
    putAndRename: copiesOnly,
    resume: cannot('pscp always begins anew'),
    mkdir: copiesOnly,
    mirror: (login, { local, remote }) => pscp(login, ['-r', local, at(login, dirname(remote))]),
    mirrorNewer: sendsAll,
    list: (login, { remote }) => pscp(login, ['-ls', at(login, remote)]),
    stat: copiesOnly,
    get: (login, { local, remote }) => pscp(login, ['-unsafe', at(login, remote), local]),
  },
  keys: everyKey,
};
