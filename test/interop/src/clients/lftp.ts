import { askPass, sshOptions } from '../open-ssh.ts';
import { everyKey, type Client, type Command, type Login } from '../client.ts';

const lftp = (login: Login, work: string): Command => {
  const { port, user, password, key } = login;
  const settings = [
    'set cmd:fail-exit yes',
    'set net:max-retries 1',
    'set net:timeout 20',
    'set xfer:clobber yes',
    `set sftp:connect-program "ssh -a -x ${sshOptions(login).join(' ')}"`,
    `open -u ${user},${key === null ? password : ''} sftp://127.0.0.1:${port}`,
  ];
  return { file: '/usr/bin/lftp', args: ['--norc', '-c', [...settings, work].join('; ')], env: key === null ? {} : askPass(login) };
};

/** lftp, with its own name for a file on its way, and its mirror. */
export const lftpClient: Client = {
  name: 'lftp',
  needs: ['/usr/bin/lftp', '/usr/bin/ssh'],
  version: { command: { file: '/usr/bin/lftp', args: ['--version'] }, pattern: /Version (\S+)/ },
  steps: {
    put: (login, { local, remote }) => lftp(login, `put ${local} -o ${remote}`),
    putKeepingTime: (login, { local, remote }) => lftp(login, `put ${local} -o ${remote}`),
    putAndRename: (login, { local, remote }) => lftp(login, `set xfer:use-temp-file yes; put ${local} -o ${remote}`),
    resume: (login, { local, remote }) => lftp(login, `put -c ${local} -o ${remote}`),
    mkdir: (login, { remote }) => lftp(login, `mkdir ${remote}`),
    mirror: (login, { local, remote }) => lftp(login, `mirror -R ${local} ${remote}`),
    mirrorNewer: (login, { local, remote }) => lftp(login, `mirror -R --only-newer ${local} ${remote}`),
    list: (login, { remote }) => lftp(login, `cls -1 ${remote}`),
    stat: (login, { remote }) => lftp(login, `cls -l --block-size=1 ${remote}`),
    get: (login, { local, remote }) => lftp(login, `get ${remote} -o ${local}`),
  },
  keys: everyKey,
};
