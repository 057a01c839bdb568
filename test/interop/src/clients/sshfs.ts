import { askPass, sshOptions } from '../open-ssh.ts';
import { everyKey, type Client, type Command, type Login } from '../client.ts';

/**
 * Mounts, does the work with `$R` as the mounted root, and unmounts. The folder is mounted before anybody has logged in, so
 * that only a folder of the far side says that it is there.
 */
const script = `
R=$(mktemp -d "$TOOLS/mounted.XXXXXX") || exit 70
sshfs -f "$@" "$R" & pid=$!
until [ -d "$R/receipts" ]; do kill -0 $pid 2>/dev/null || { wait $pid; code=$?; rmdir "$R"; exit $code; }; sleep 0.05; done
(eval "$WORK"); code=$?
fusermount3 -u "$R" || fusermount3 -uz "$R"
wait $pid
rmdir "$R"
exit $code
`;

const mounted = (login: Login, work: string, paths: Readonly<Record<string, string>>): Command => ({
  file: '/bin/sh',
  args: ['-c', script, 'sshfs', ...sshOptions(login), '-p', String(login.port), `${login.user}@127.0.0.1:/`],
  env: { ...askPass(login), ...paths, TOOLS: login.tools, WORK: work },
});

const step =
  (work: string): Client['steps']['put'] =>
  (login, { local, remote, temporary }) =>
    mounted(login, work, { FROM: local, TO: remote, VIA: temporary });

/** A folder of the machine that is the door; programs that know nothing of SFTP copy into it. */
export const sshfs: Client = {
  name: 'sshfs',
  needs: ['/usr/bin/sshfs', '/usr/bin/fusermount3', '/usr/bin/ssh'],
  surroundings: { name: 'FUSE', command: { file: '/bin/sh', args: ['-c', ': <> /dev/fuse'] } },
  version: { command: { file: '/usr/bin/sshfs', args: ['-V'] }, pattern: /SSHFS version (\S+)/ },
  steps: {
    put: step('cp "$FROM" "$R$TO"'),
    putKeepingTime: step('cp -p "$FROM" "$R$TO"'),
    putAndRename: step('cp "$FROM" "$R$VIA" && mv "$R$VIA" "$R$TO"'),
    resume: step('tail -c +$(($(stat -c %s "$R$TO") + 1)) "$FROM" >> "$R$TO"'),
    mkdir: step('mkdir "$R$TO"'),
    mirror: step('cp -r "$FROM" "$R/"'),
    mirrorNewer: step('cp -r -p -u "$FROM" "$R/"'),
    list: step('ls "$R$TO"'),
    stat: step('stat -c %s "$R$TO"'),
    get: step('cp "$R$TO" "$FROM"'),
  },
  keys: everyKey,
};
