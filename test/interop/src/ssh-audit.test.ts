import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { removeDataDir, startProduct, type Product } from '@rosterport/journeys';
import { runOptions } from './run-options.ts';
import { auditByPolicy, auditReport, sshAuditPath, type AuditPolicy } from './ssh-audit.ts';

const profiles: readonly { readonly policy: AuditPolicy; readonly env: Readonly<Record<string, string>>; readonly failed: readonly string[] }[] = [
  // The curves of NIST, and nothing else, are what ssh-audit marks down; old clients have no other.
  {
    policy: 'rosterport',
    env: {},
    failed: ['ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521', 'ecdsa-sha2-nistp256'],
  },
  { policy: 'rosterport-without-nist-curves', env: { ROSTERPORT_SFTP_NIST_CURVES: 'off' }, failed: [] },
];

describe.each(profiles)('ssh-audit and the policy $policy', ({ policy, env, failed }) => {
  if (!existsSync(sshAuditPath)) {
    test('is left out: not installed: ssh-audit', () => {
      expect(runOptions().requireAll).toBe(false);
    });
    return;
  }

  let product: Product | undefined;
  let port = 0;
  beforeAll(async () => {
    product = await startProduct({ env });
    port = product.facts.sftpPort;
  });
  afterAll(async () => {
    await product?.stop();
    if (product !== undefined) await removeDataDir(product.dataDir);
  });

  test('the policy passes', async () => {
    const verdict = await auditByPolicy(port, policy);
    expect(verdict).toContain('Passed');
    expect(verdict).not.toContain('[fail]');
  });

  test('any other policy does not', async () => {
    const [other] = profiles.filter((one) => one.policy !== policy);
    expect(await auditByPolicy(port, other!.policy)).toContain('Failed');
  });

  test(`its own report fails ${failed.length === 0 ? 'nothing' : 'the NIST curves alone'}`, async () => {
    const report = await auditReport(port);
    expect(report.join('\n')).toContain('curve25519-sha256');
    const names = report.filter((line) => line.includes('[fail]')).map((line) => /^\(\w+\) (\S+)/.exec(line)?.[1] ?? line);
    expect(names).toEqual(failed);
  });
});
