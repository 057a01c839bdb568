import { guardCodes, splitIssues, type GuardName, type Job } from '@rosterport/domain';
import { pen } from '@rosterport/reports';
import type { ServerOptions } from '../client/find-server.ts';

/** The commands by which a held job can be looked at and decided; empty for any other job. */
export function nextCommands(job: Job, options: ServerOptions): string {
  if (job.state !== 'held') return '';
  const line = pen(false);
  const where = serverPart(options);
  const guards = guardsOf(job);
  const commands = [
    [`rosterport changes ${job.id}${where}`, 'lists all that would change'],
    [`rosterport approve ${job.id}${where} --fingerprint ${job.fingerprint ?? ''}`, 'applies exactly this plan'],
    ...(guards.length === 0 ? [] : [[`rosterport approve ${job.id}${where} --override ${guards.join(',')}`, 'applies it whatever the directory is by then']]),
    [`rosterport discard ${job.id}${where}`, 'changes nothing, and lets later files of the feed go on'],
  ];
  return [line(), line('To decide'), ...commands.flatMap(([command = '', what = '']) => [line(`  ${command}`), line(`      ${what}`)])].join('');
}

/** The guards that hold a job, by the names under which they can be overridden. */
export function guardsOf(job: Job): readonly GuardName[] {
  const codes = new Set<string>(splitIssues(job.issues).guards.map(({ code }) => code));
  return (Object.keys(guardCodes) as GuardName[]).filter((name) => codes.has(guardCodes[name]));
}

/** Where the server is, as it was said; never the token. */
function serverPart({ url, ca, insecure }: ServerOptions): string {
  const parts = [url === undefined ? [] : ['--url', quoted(url)], ca === undefined ? [] : ['--ca', quoted(ca)], insecure === true ? ['--insecure'] : []];
  return parts.flat().map((part) => ` ${part}`).join('');
}

function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
