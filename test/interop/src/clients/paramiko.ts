import { cannot, driver, driverEnv, driverSteps, everyKey, type Client } from '../client.ts';

const steps = driverSteps((words, login) => ({ file: '/usr/bin/python3', args: [driver('paramiko_driver.py'), ...words], env: driverEnv(login) }));

/** Python's paramiko, as scripts call it. */
export const paramiko: Client = {
  name: 'paramiko',
  needs: ['/usr/bin/python3', '/usr/lib/python3/dist-packages/paramiko'],
  version: { command: { file: '/usr/bin/python3', args: ['-c', 'import paramiko; print("paramiko", paramiko.__version__)'] }, pattern: /paramiko (\S+)/ },
  steps: { ...steps, mirror: cannot('paramiko has no call for a folder'), mirrorNewer: cannot('paramiko has no call for a folder') },
  keys: everyKey,
};
