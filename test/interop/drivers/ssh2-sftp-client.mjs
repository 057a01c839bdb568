import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Client from 'ssh2-sftp-client';

// Does one thing with ssh2-sftp-client: WORD LOCAL REMOTE TEMPORARY, logging in as the environment says.
const [word, local, remote, temporary] = process.argv.slice(2);

if (word === 'version') {
  process.stdout.write(`ssh2-sftp-client ${createRequire(import.meta.url)('ssh2-sftp-client/package.json').version}\n`);
  process.exit(0);
}

const { SFTP_PORT, SFTP_USER, SFTP_PASSWORD, SFTP_KEY } = process.env;
const proof = SFTP_KEY === '' ? { password: SFTP_PASSWORD } : { privateKey: readFileSync(SFTP_KEY) };
const sftp = new Client();

const work = {
  put: () => sftp.put(local, remote),
  putAndRename: async () => {
    await sftp.put(local, temporary);
    await sftp.posixRename(temporary, remote);
  },
  resume: async () => {
    const { size } = await sftp.stat(remote);
    await sftp.append(createReadStream(local, { start: size }), remote);
  },
  mkdir: () => sftp.mkdir(remote),
  mirror: () => sftp.uploadDir(local, remote),
  list: async () => process.stdout.write(`${(await sftp.list(remote)).map(({ name }) => name).join('\n')}\n`),
  stat: async () => process.stdout.write(`${(await sftp.stat(remote)).size}\n`),
  get: () => sftp.get(remote, local),
};

try {
  await sftp.connect({ host: '127.0.0.1', port: Number(SFTP_PORT), username: SFTP_USER, ...proof });
  await work[word]();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await sftp.end();
}
