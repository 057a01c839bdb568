import { readFileSync } from 'node:fs';
import { PassThrough, Readable, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { fixturePath } from '@rosterport/fixtures';
import { commands } from './commands.ts';
import { exitCodeMeanings } from './exit-code.ts';
import { runCommand } from './run-command.ts';
import { typeCommand } from './testing/type-command.ts';

const paths = commands.flatMap((one) => ('commands' in one ? one.commands.map(({ name }) => [one.name, name]) : [[one.name]]));

describe.each(paths.map((path) => [path.join(' '), path] as const))('rosterport %s', (name, path) => {
  test('--help says what it does, with examples that name it', async () => {
    const { code, out, err } = await typeCommand([...path, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: rosterport ${name}`);
    expect(out.split(/Examples?:/)[1]).toContain(`rosterport ${name}`);
    expect(out).toMatch(/ --json | --format /);
  });

  test('an unknown option is told and nothing is done', async () => {
    const { code, out, err } = await typeCommand([...path, '--nonsense']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^rosterport: The command cannot be understood: .+\.\nAdd --help/);
  });
});

test('--help of the program lists every command and every exit code', async () => {
  const { code, out } = await typeCommand(['--help']);
  expect(code).toBe(0);
  for (const { name } of commands) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  for (const meaning of Object.values(exitCodeMeanings)) expect(out).toContain(meaning);
});

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(await typeCommand(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test.each([
  [['frobnicate'], "unknown command 'frobnicate'"],
  [['sned'], 'Did you mean send?'],
  [['token', 'frobnicate'], "unknown command 'frobnicate'"],
  [['tenant', 'add'], "missing required argument 'name'"],
  [['tenant', 'add', 'a', 'b'], 'too many arguments'],
  [['token', 'issue'], "required option '--tenant <name>' not specified"],
  [['token', 'issue', '--tenant', 'a', '--scope', 'upload,fly'], 'upload, reports, directory'],
  [['token', 'issue', '--tenant', 'a', '--expires', '2027-02-30'], '2027-01-31'],
  [['token', 'issue', '--tenant', 'a', '--expires', 'tomorrow'], '2027-01-31'],
  [['jobs', '--limit', '0'], 'from 1 to 999999'],
  [['jobs', '--state', 'done'], 'Allowed choices are staged'],
  [['report', 'x', '--format', 'pdf'], 'Allowed choices are text'],
])('%j is not understood', async (typed, part) => {
  const { code, out, err } = await typeCommand(typed);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(part);
});

test.each([[[]], [['token']], [['key']]])('%j is not complete: the help comes on standard error', async (typed) => {
  const { code, out, err } = await typeCommand(typed);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Usage: rosterport');
});

test('settings that cannot be read are told together', async () => {
  const { code, err } = await typeCommand(['tenant', 'list'], { env: { ROSTERPORT_SFTP_PORT: 'x', ROSTERPORT_HTTPS_PORT: 'y' } });
  expect(code).toBe(2);
  expect(err).toContain('ROSTERPORT_SFTP_PORT');
  expect(err).toContain('ROSTERPORT_HTTPS_PORT');
});

test('what was typed cannot steer the terminal', async () => {
  const { err } = await typeCommand(['\u001b[2Jwipe']);
  expect(err).not.toContain('\u001b');
});

test('a reader that goes away is no error', async () => {
  const stdout = new Writable({ write: (_piece, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })) });
  stdout.on('error', () => undefined);
  const stderr = new PassThrough();
  const path = fixturePath('cases/minimal-users/users.csv');
  const code = await runCommand(['check', path], { env: {}, stdin: Readable.from([]), stdout, stderr });
  expect(String(stderr.read() ?? '')).toBe('');
  expect(code).toBe(0);
});
