import { driver, driverEnv, driverSteps, everyKey, sendsAll, type Client } from '../client.ts';

const python = ['-W', 'ignore'];

const steps = driverSteps((words, login) => ({ file: '/usr/bin/python3', args: [...python, driver('asyncssh_driver.py'), ...words], env: driverEnv(login) }));

/** Python's asyncssh. */
export const asyncssh: Client = {
  name: 'asyncssh',
  needs: ['/usr/bin/python3', '/usr/lib/python3/dist-packages/asyncssh'],
  version: { command: { file: '/usr/bin/python3', args: [...python, '-c', 'import asyncssh; print("asyncssh", asyncssh.__version__)'] }, pattern: /asyncssh (\S+)/ },
  steps: { ...steps, mirrorNewer: sendsAll },
  keys: everyKey,
};
