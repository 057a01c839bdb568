import { askPass, sshOptions } from '../open-ssh.ts';
import { everyKey, sendsAll, type Client, type Command, type Login } from '../client.ts';

/** A batch forbids questions; the one for the password is allowed before, since the first word counts. */
const batch = (login: Login, lines: readonly string[]): Command => ({
  file: '/usr/bin/sftp',
  args: [...sshOptions(login), '-o', 'BatchMode=no', '-b', '-', '-P', String(login.port), `${login.user}@127.0.0.1`],
  env: askPass(login),
  input: `${lines.join('\n')}\n`,
});

/** OpenSSH's sftp, as scripts run it: with a batch. */
export const openSshSftp: Client = {
  name: 'OpenSSH sftp',
  needs: ['/usr/bin/sftp', '/usr/bin/ssh'],
  version: { command: { file: '/usr/bin/ssh', args: ['-V'] }, pattern: /OpenSSH_(\S+)/ },
  steps: {
    put: (login, { local, remote }) => batch(login, [`put ${local} ${remote}`]),
    putKeepingTime: (login, { local, remote }) => batch(login, [`put -p ${local} ${remote}`]),
    putAndRename: (login, { local, remote, temporary }) => batch(login, [`put ${local} ${temporary}`, `rename ${temporary} ${remote}`]),
    resume: (login, { local, remote }) => batch(login, [`reput ${local} ${remote}`]),
    mkdir: (login, { remote }) => batch(login, [`mkdir ${remote}`]),
    mirror: (login, { local }) => batch(login, [`put -r ${local} /`]),
    mirrorNewer: sendsAll,
    list: (login, { remote }) => batch(login, [`ls -1 ${remote}`]),
    stat: (login, { remote }) => batch(login, [`ls -ln ${remote}`]),
    get: (login, { local, remote }) => batch(login, [`get ${remote} ${local}`]),
  },
  keys: everyKey,
};
