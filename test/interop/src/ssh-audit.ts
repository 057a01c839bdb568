import { fileURLToPath } from 'node:url';
import { runCommand } from './scene/run-command.ts';

/** The policies that are committed, by the file's name. */
export type AuditPolicy = 'rosterport' | 'rosterport-without-nist-curves';

/** Where Debian puts it. */
export const sshAuditPath = '/usr/bin/ssh-audit';

/** Checks a started server against one of our policies; gives what ssh-audit says of it. */
export async function auditByPolicy(port: number, policy: AuditPolicy): Promise<string> {
  const path = fileURLToPath(new URL(`../../../deploy/ssh-audit/${policy}.policy`, import.meta.url));
  const { out } = await runCommand({ file: sshAuditPath, args: ['-n', '-p', String(port), '-P', path, '127.0.0.1'] });
  return out;
}

/** ssh-audit's own report on a started server, line by line, without colours. */
export async function auditReport(port: number): Promise<readonly string[]> {
  const { out } = await runCommand({ file: sshAuditPath, args: ['-n', '-p', String(port), '127.0.0.1'] });
  return out.split('\n');
}
