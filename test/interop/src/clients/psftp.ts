import { cannot, everyKey, sendsAll, type Client, type Command, type Login } from '../client.ts';
import { puttyOptions } from '../putty.ts';

/** psftp ends with an error only where it reads a file of commands; it cannot open a socket as one, but a pipe it can. */
const psftp = (login: Login, lines: readonly string[]): Command => ({
  file: '/bin/sh',
  args: ['-c', 'cat | psftp "$@"', 'psftp', ...puttyOptions(login), '-b', '/dev/stdin', `${login.user}@127.0.0.1`],
  input: `${lines.join('\n')}\n`,
});

/** PuTTY's psftp; FileZilla's transfers stand on the same code. */
export const puttySftp: Client = {
  name: 'psftp',
  needs: ['/usr/bin/psftp', '/usr/bin/puttygen'],
  version: { command: { file: '/usr/bin/psftp', args: ['-V'] }, pattern: /Release (\S+)/ },
  steps: {
    put: (login, { local, remote }) => psftp(login, [`put ${local} ${remote}`]),
    putKeepingTime: cannot('psftp never tells the time'),
    putAndRename: (login, { local, remote, temporary }) => psftp(login, [`put ${local} ${temporary}`, `mv ${temporary} ${remote}`]),
    resume: (login, { local, remote }) => psftp(login, [`reput ${local} ${remote}`]),
    mkdir: (login, { remote }) => psftp(login, [`mkdir ${remote}`]),
    mirror: (login, { local, remote }) => psftp(login, [`put -r ${local} ${remote}`]),
    mirrorNewer: sendsAll,
    list: (login, { remote }) => psftp(login, [`ls ${remote}`]),
    stat: cannot('psftp lists folders only'),
    get: (login, { local, remote }) => psftp(login, [`get ${remote} ${local}`]),
  },
  keys: everyKey,
};
