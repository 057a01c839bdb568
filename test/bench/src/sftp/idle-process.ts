import { readFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import type { IdleTask } from './idle-sessions.ts';

/** How many log in at the same time. */
const atOnce = 16;

process.once('message', (task: IdleTask) => {
  open(task).then(
    () => process.send?.('open'),
    (error: unknown) => {
      process.stderr.write(`An idle session could not be opened: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

async function open({ port, user, key, sessions }: IdleTask): Promise<void> {
  const privateKey = readFileSync(key);
  let left = sessions;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await openOne({ port, username: user, privateKey });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

function openOne(who: { readonly port: number; readonly username: string; readonly privateKey: Buffer }): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.once('error', reject);
    client.once('ready', () => {
      client.sftp((error) => {
        if (error === undefined) resolve();
        else reject(error);
      });
    });
    client.connect({ host: '127.0.0.1', ...who, algorithms: { cipher: ['aes128-gcm@openssh.com'] } });
  });
}
