import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { removeDataDir, startProduct, type Product } from '@rosterport/journeys';
import { runOptions } from './run-options.ts';
import { runCommand, runWell } from './scene/run-command.ts';

const exchange = 'mlkem768x25519-sha256';

/** An OpenSSH of 9.9 or newer: what `.ci/newer-openssh` has unpacked, or the machine's own. */
async function newerOpenSsh(): Promise<string | undefined> {
  const unpacked = fileURLToPath(new URL('../../../node_modules/.rosterport/newer-openssh/ssh', import.meta.url));
  for (const file of [unpacked, '/usr/bin/ssh']) {
    if (existsSync(file) && (await runWell({ file, args: ['-Q', 'kex'] })).out.includes(exchange)) return file;
  }
  return undefined;
}

const ssh = await newerOpenSsh();

describe('post-quantum key exchange with OpenSSH', () => {
  if (ssh === undefined) {
    test('is left out: not installed: an OpenSSH client of 9.9 or newer (.ci/newer-openssh unpacks one)', () => {
      expect(runOptions().requireAll).toBe(false);
    });
    return;
  }

  /** What ssh says of a connection on which it may not log in. */
  const connect = async (port: number, options: readonly string[] = []): Promise<string> => {
    const settings = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes', ...options].flatMap((option) => ['-o', option]);
    const { err } = await runCommand({ file: ssh, args: ['-F', 'none', '-v', ...settings, '-p', String(port), '-s', 'nobody@127.0.0.1', 'sftp'] });
    return err;
  };

  describe('when it is on', () => {
    let product: Product | undefined;
    beforeAll(async () => {
      product = await startProduct();
    });
    afterAll(() => end(product));

    test('it is chosen, and ssh warns of nothing', async () => {
      const said = await connect(product!.facts.sftpPort);
      expect(said).toContain(`kex: algorithm: ${exchange}`);
      expect(said).toContain('Permission denied');
      expect(said).not.toMatch(/WARNING: connection is not using a post-quantum/);
    });

    test('nothing else is needed', async () => {
      expect(await connect(product!.facts.sftpPort, [`KexAlgorithms=${exchange}`])).toContain('Permission denied');
    });

    test('the kinds of key for logging in are told one by one, and none is of SHA-1', async () => {
      const algorithms = /server-sig-algs=<([^>]*)>/.exec(await connect(product!.facts.sftpPort))?.[1]?.split(',');
      expect(algorithms).toEqual([
        ...['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
        ...['rsa-sha2-512', 'rsa-sha2-256'],
      ]);
    });
  });

  test('when it is off, Curve25519 is chosen', async () => {
    const product = await startProduct({ env: { ROSTERPORT_SFTP_POST_QUANTUM: 'off' } });
    try {
      expect(await connect(product.facts.sftpPort)).toMatch(/kex: algorithm: curve25519-sha256/);
      const said = await connect(product.facts.sftpPort, [`KexAlgorithms=${exchange}`]);
      // Whichever of the two sees first that nothing matches hangs up.
      expect(said).toMatch(/no matching key exchange method|Connection (?:closed|reset)/);
      expect(said).not.toContain(`kex: algorithm: ${exchange}`);
    } finally {
      await end(product);
    }
  });
});

async function end(product: Product | undefined): Promise<void> {
  await product?.stop();
  if (product !== undefined) await removeDataDir(product.dataDir);
}
