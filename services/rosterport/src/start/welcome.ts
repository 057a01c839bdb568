import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changedLimits } from '../door-settings.ts';
import type { Settings } from '../settings.ts';
import type { FirstRun } from './first-run.ts';
import type { Running } from './start-all.ts';

/** What is said when both doors are open. */
export interface Welcome {
  readonly settings: Settings;
  readonly running: Pick<Running, 'sftpPort' | 'httpsPort' | 'hostKeys' | 'certificate'>;
  readonly first: { readonly facts: FirstRun; readonly isNew: boolean } | null;
}

const sample = fileURLToPath(new URL('../../../../samples/users.csv', import.meta.url));

/** The text that a person reads after the start: addresses, and for a newcomer who to be and what to paste. */
export function welcomeText(welcome: Welcome): string {
  return [...addresses(welcome), ...newcomer(welcome), 'Press Ctrl-C to stop.', ''].join('\n');
}

function addresses({ settings, running }: Welcome): string[] {
  const changed = Object.entries(changedLimits(settings));
  const keys = running.hostKeys.fingerprints.map(({ type, sha256 }) => `             ${type} ${sha256}`);
  return [
    'Rosterport is running.',
    '',
    `  SFTP     localhost port ${running.sftpPort}; host keys:`,
    ...keys,
    `  HTTPS    https://localhost:${running.httpsPort}${running.certificate.selfSigned ? ' (self-signed certificate)' : ''}`,
    `  Data     ${settings.dataDir}`,
    ...changed.map(([name, value], index) => `  ${index === 0 ? 'Limits ' : '       '}  ${name}=${value}`),
    '',
  ];
}

function newcomer({ settings, running, first }: Welcome): string[] {
  if (first === null) return [];
  const { facts, isNew } = first;
  const secrets = shown(join(settings.dataDir, 'first-run.json'));
  if (!isNew) return [`  The tokens of tenant ${facts.tenant} are in ${secrets}.`, ''];
  const file = shown(sample);
  const certificate = shown(join(settings.dataDir, 'tls', 'https.crt'));
  const https = `https://localhost:${running.httpsPort}`;
  return [
    `  A tenant was made for you to try (also in ${secrets}):`,
    '',
    `    user            ${facts.sftpUser}`,
    `    token           ${facts.token}`,
    `    report token    ${facts.reportToken}`,
    ...(facts.operatorToken === undefined ? [] : [`    operator token  ${facts.operatorToken}`]),
    '',
    '  Send the sample file over SFTP (the token is the password):',
    '',
    `    echo "put ${file}" | sftp -P ${running.sftpPort} ${facts.sftpUser}@localhost`,
    '',
    '  or over HTTPS:',
    '',
    `    curl --cacert ${certificate} -H "Authorization: ${facts.token}" -F file=@${file} ${https}/v1/storage/uploadFile`,
    '',
    '  and read what became of it:',
    '',
    `    curl --cacert ${certificate} -H "Authorization: ${facts.reportToken}" ${https}/v1/jobs`,
    '',
  ];
}

/** A path as one would paste it: relative when it lies below the working folder, in quotes where it needs them. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  const chosen = short.startsWith('..') ? path : short;
  return /^[\w./-]+$/.test(chosen) ? chosen : `'${chosen.replaceAll("'", `'\\''`)}'`;
}
