import { cannot, everyKey, type Client, type Command, type Login } from '../client.ts';

/** rclone takes a password in a form of its own, which it makes itself. */
const script = `
if [ -n "$SFTP_KEY" ]; then by="key_file=$SFTP_KEY"; else by="pass=$(rclone obscure "$SFTP_PASSWORD")" || exit 70; fi
R=":sftp,host=127.0.0.1,port=$SFTP_PORT,user=$SFTP_USER,$by:"
eval "$WORK"
`;

const step =
  (work: string): Client['steps']['put'] =>
  ({ port, user, password, key }: Login, { local, remote, temporary }): Command => ({
    file: '/bin/sh',
    args: ['-c', script],
    env: {
      ...{ SFTP_PORT: String(port), SFTP_USER: user, SFTP_PASSWORD: password, SFTP_KEY: key ?? '' },
      ...{ FROM: local, TO: remote, VIA: temporary, WORK: work },
      ...{ RCLONE_CONFIG: '/dev/null', RCLONE_RETRIES: '1', RCLONE_LOW_LEVEL_RETRIES: '1' },
    },
  });

/** rclone, which looks at each file again after it has sent it. */
export const rclone: Client = {
  name: 'rclone',
  needs: ['/usr/bin/rclone'],
  version: { command: { file: '/usr/bin/rclone', args: ['version'] }, pattern: /rclone v([\d.]+)/ },
  steps: {
    put: step('rclone copyto --ignore-times "$FROM" "$R$TO"'),
    putKeepingTime: step('rclone copyto "$FROM" "$R$TO"'),
    putAndRename: step('rclone copyto "$FROM" "$R$VIA" && rclone moveto --ignore-times "$R$VIA" "$R$TO"'),
    resume: cannot('rclone always begins anew'),
    mkdir: step('rclone mkdir "$R$TO"'),
    mirror: step('rclone copy "$FROM" "$R$TO"'),
    mirrorNewer: step('rclone copy "$FROM" "$R$TO"'),
    list: step('rclone lsf "$R$TO"'),
    stat: step('rclone lsl "$R$TO"'),
    get: step('rclone copyto "$R$TO" "$FROM"'),
  },
  keys: everyKey,
};
