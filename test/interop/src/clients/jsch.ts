import { cannot, driver, driverEnv, driverSteps, sendsAll, type Client } from '../client.ts';

const library = '/usr/share/java/jsch.jar';

const steps = driverSteps((words, login) => ({
  file: '/usr/bin/java',
  args: ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', `${library}:${login.tools}`, 'JschDriver', ...words],
  env: driverEnv(login),
}));

/** Java's JSch 0.1.55, the last of its first author, which many integration products still carry. */
export const jsch: Client = {
  name: 'JSch',
  needs: ['/usr/bin/java', '/usr/bin/javac', library],
  version: { command: { file: '/usr/bin/dpkg-query', args: ['-W', 'libjsch-java'] }, pattern: /\s([\d.]+)/ },
  build: (tools) => ({ file: '/usr/bin/javac', args: ['-cp', library, '-d', tools, driver('JschDriver.java')] }),
  steps: { ...steps, mirrorNewer: sendsAll },
  keys: {
    ed25519: cannot('JSch 0.1.55 knows no ed25519'),
    ecdsa: true,
    rsa: cannot('JSch 0.1.55 signs RSA with SHA-1 only'),
  },
};
