import type { SftpAttributes } from './attributes.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const types: Readonly<Record<number, string>> = { 0o040000: 'd', 0o120000: 'l', 0o100000: '-' };
const halfYear = 182 * 24 * 3600;

/**
 * A line as `ls -l` writes it (draft-ietf-secsh-filexfer-02 section 7): interactive clients print it as it is. Times
 * are UTC: the time of day when `now` (seconds since 1970) is given and less than half a year later, else the year.
 */
export function longName(name: string, attributes: SftpAttributes, now: number | undefined): string {
  const { size = 0, owner = { uid: 0, gid: 0 }, mode = 0, times = { accessed: 0, modified: 0 } } = attributes;
  return [
    `${types[mode & 0o170000] ?? '?'}${permissions(mode)}`,
    '   1',
    String(owner.uid).padEnd(8),
    String(owner.gid).padEnd(8),
    String(size).padStart(8),
    date(times.modified, now),
    name,
  ].join(' ');
}

function permissions(mode: number): string {
  return 'rwxrwxrwx'.replace(/./g, (letter, at: number) => (mode & (0o400 >> at) ? letter : '-'));
}

function date(modified: number, now: number | undefined): string {
  const when = new Date(modified * 1000);
  const day = `${months[when.getUTCMonth()] ?? ''} ${String(when.getUTCDate()).padStart(2)}`;
  const recent = now !== undefined && Math.abs(now - modified) < halfYear;
  const rest = recent ? when.toISOString().slice(11, 16) : String(when.getUTCFullYear()).padStart(5);
  return `${day} ${rest}`;
}
