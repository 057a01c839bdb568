import { cannot, driver, driverEnv, driverSteps, everyKey, sendsAll, type Client } from '../client.ts';

const program = driver('ssh2-sftp-client.mjs');
const steps = driverSteps((words, login) => ({ file: process.execPath, args: [program, ...words], env: driverEnv(login) }));

/** Node's ssh2-sftp-client. */
export const ssh2SftpClient: Client = {
  name: 'ssh2-sftp-client',
  needs: [program],
  version: { command: { file: process.execPath, args: [program, 'version'] }, pattern: /ssh2-sftp-client (\S+)/ },
  steps: { ...steps, putKeepingTime: cannot('ssh2-sftp-client has no call for times'), mirrorNewer: sendsAll },
  keys: everyKey,
};
