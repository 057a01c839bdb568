import { basename } from 'node:path';
import { cannot, sendsAll, type Client, type Command, type Login } from '../client.ts';

const curl = (login: Login, words: readonly string[], path: string): Command => {
  const { port, user, password, key } = login;
  const by = key === null ? ['--user', `${user}:${password}`] : ['--user', `${user}:`, '--key', key, '--pubkey', `${key}.pub`];
  return { file: '/usr/bin/curl', args: ['-sS', '--insecure', ...by, ...words, `sftp://127.0.0.1:${port}${path}`] };
};

/** curl, whose SFTP is libssh2. */
export const curlClient: Client = {
  name: 'curl',
  needs: ['/usr/bin/curl'],
  version: { command: { file: '/usr/bin/curl', args: ['--version'] }, pattern: /curl (\S+)/ },
  steps: {
    put: (login, { local, remote }) => curl(login, ['-T', local], remote),
    putKeepingTime: cannot('curl never tells the time of what it uploads'),
    putAndRename: (login, { local, remote, temporary }) => curl(login, ['-T', local, '-Q', `-rename ${temporary} ${remote}`], temporary),
    resume: (login, { local, remote }) => curl(login, ['-C', '-', '-T', local], remote),
    mkdir: (login, { remote }) => curl(login, ['-Q', `mkdir ${remote}`], '/'),
    mirror: (login, { local, remote }) => curl(login, ['-T', `${local}/${basename(local)}-[1-3].csv`], `${remote}/`),
    mirrorNewer: sendsAll,
    list: (login, { remote }) => curl(login, ['--list-only'], remote.replace(/\/?$/, '/')),
    stat: cannot('curl asks for no size without the bytes'),
    get: (login, { local, remote }) => curl(login, ['-o', local], remote),
  },
  keys: {
    ed25519: true,
    ecdsa: true,
    rsa: cannot('libssh2 before 1.11 signs RSA with SHA-1 only'),
  },
};
