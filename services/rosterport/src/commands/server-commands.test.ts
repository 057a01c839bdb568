import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Job, ReportRow } from '@rosterport/domain';
import { fixturePath } from '@rosterport/fixtures';
import { Lifecycle, type Logger } from '@rosterport/runtime';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { settingsFrom } from '../settings.ts';
import { firstRun, type FirstRun } from '../start/first-run.ts';
import { startAll } from '../start/start-all.ts';
import { typeCommand, type Typed, type Typing } from './testing/type-command.ts';

const silence: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silence,
};
const lifecycle = new Lifecycle({ log: silence });
// Declared first, so that everything is closed before its database and its folder go.
afterAll(() => lifecycle.closeAll());
const database = testDatabase();
const folder = temporaryFolder();
const dataDir = join(folder, 'data');
let facts: FirstRun;
let url: string;

beforeAll(async () => {
  const settings = settingsFrom({ ...ports, ROSTERPORT_DATA_DIR: dataDir, DATABASE_URL: database.url });
  const running = await startAll({ settings, log: silence, lifecycle });
  const { sftpPort, httpsPort } = running;
  const first = await firstRun(running.database, dataDir, { sftpPort, httpsPort });
  if (first === null) throw new Error('The database of the test is not empty.');
  facts = first.facts;
  url = `https://localhost:${facts.httpsPort}`;
});

const ports = { ROSTERPORT_SFTP_PORT: '0', ROSTERPORT_HTTPS_PORT: '0' };

/** A newcomer on the machine of the server: the data folder says all. */
const run = (typed: readonly string[], typing: Typing = {}): Promise<Typed> =>
  typeCommand(typed, { ...typing, env: { ...ports, ROSTERPORT_DATA_DIR: dataDir, ...typing.env } });

/** Somebody on another machine. */
const runElsewhere = (typed: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Typed> =>
  typeCommand(typed, { env: { ROSTERPORT_DATA_DIR: join(folder, 'elsewhere'), ...env } });

const good = fixturePath('cases/minimal-users/users.csv');
const faulty = fixturePath('cases/every-bad-cell/users.csv');
const bad = fixturePath('bad/comma.csv');

async function send(path: string): Promise<Job> {
  const { out } = await run(['send', path, '--json']);
  return (JSON.parse(out) as [Job])[0];
}

describe('send', () => {
  test.each([
    [good, 0, 'applied'],
    [faulty, 1, 'rows rejected'],
    [bad, 1, 'refused as a whole'],
  ])('%s ends with %i and its report', async (path, expected, part) => {
    const { code, out, err } = await run(['send', path]);
    expect(code).toBe(expected);
    expect(out).toContain(part);
    expect(err).toMatch(/accepted as job [0-9a-f-]{36}; waiting for its end\.\n$/);
  });

  test('several files are sent one after the other; the worst decides the exit code', async () => {
    const { code, out, err } = await run(['send', good, bad, good, '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect((JSON.parse(out) as Job[]).map(({ state }) => state)).toEqual(['applied', 'rejected', 'applied']);
  });

  test('--no-wait ends when the file is accepted', async () => {
    const { code, out, err } = await run(['send', good, '--no-wait']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/: accepted as job [0-9a-f-]{36}\.\n$/);
    const asJson = JSON.parse((await run(['send', good, '--no-wait', '--json'])).out) as Job[];
    expect(asJson.map(({ id, fileName }) => [id.length, fileName])).toEqual([[36, 'users.csv']]);
  });

  test('a bar shows the progress on a terminal', async () => {
    const { err } = await run(['send', good], { isTerminal: true });
    expect(err).toContain('users.csv [');
    expect(err).toContain('100%');
  });

  test('an empty file and a large one arrive whole, whatever their names', async () => {
    const empty = join(folder, 'empty.csv');
    writeFileSync(empty, '');
    expect((await send(empty)).issues.map(({ code }) => code)).toEqual(['validateFileIsNotEmpty']);
    const large = join(folder, 'Größe & "Maß" 100%+?.csv');
    const people = Array.from({ length: 20_000 }, (_, index) => `L${index};Ada;Berg;ada.${index}@example.com`);
    writeFileSync(large, ['EmployeeID;FirstName;LastName;Email', ...people, ''].join('\n'));
    const job = await send(large);
    expect(job).toMatchObject({ fileName: 'Größe & "Maß" 100%+?.csv', state: 'applied' });
    expect(job.counts.created).toBe(20_000);
  }, 60_000);

  test('a second name that is wrong sends nothing', async () => {
    const before = JSON.parse((await run(['jobs', '--limit', '1', '--json'])).out) as Job[];
    expect((await run(['send', good, join(folder, 'nothing.csv')])).code).toBe(4);
    expect(JSON.parse((await run(['jobs', '--limit', '1', '--json'])).out)).toEqual(before);
  });
});

describe('jobs', () => {
  test('lists the newest first', async () => {
    const job = await send(bad);
    const { code, out } = await run(['jobs', '--limit', '2', '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(out) as Job[])[0]?.id).toBe(job.id);
    expect((await run(['jobs', '--limit', '1'])).out).toMatch(new RegExp(`^RECEIVED .+\\n.+ rejected .+ ${job.id} +comma\\.csv\\n$`));
  });

  test('by state', async () => {
    const jobs = JSON.parse((await run(['jobs', '--state', 'rejected', '--json'])).out) as Job[];
    expect(new Set(jobs.map(({ state }) => state))).toEqual(new Set(['rejected']));
    expect((await run(['jobs', '--state', 'discarded'])).out).toBe('There is no such job.\n');
  });
});

describe('report', () => {
  test('in each format', async () => {
    const job = await send(faulty);
    const text = await run(['report', job.id]);
    expect(text.code).toBe(0);
    expect(text.out).toContain('Rows with findings');
    const { job: reported, rows } = JSON.parse((await run(['report', job.id, '--format', 'json'])).out) as { job: Job; rows: ReportRow[] };
    expect(reported.id).toBe(job.id);
    expect(rows.length).toBeGreaterThan(5);
    expect((await run(['report', job.id, '--format', 'csv'])).out).toContain('validateThatEmailIsCorrect');
    const path = join(folder, 'report.xlsx');
    expect(await run(['report', job.id, '--format', 'xlsx', '--output', path], { isTerminal: true })).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('a workbook is not poured onto a terminal, nor saved where nothing can be', async () => {
    const [job] = JSON.parse((await run(['jobs', '--limit', '1', '--json'])).out) as [Job];
    expect((await run(['report', job.id, '--format', 'xlsx'], { isTerminal: true })).code).toBe(2);
    const lost = await run(['report', job.id, '--output', join(folder, 'no', 'report.txt')]);
    expect(lost.code).toBe(3);
    expect(lost.err).toContain('its folder does not exist');
  });

  test.each(['3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e', 'nonsense', '../users', ''])('there is no job %j', async (id) => {
    const path = join(folder, 'none.json');
    const { code, err } = await run(['report', id, '--format', 'json', '--output', path]);
    expect(code).toBe(4);
    expect(err).toMatch(/^rosterport: /);
    expect(existsSync(path)).toBe(false);
  });
});

describe('who and where', () => {
  const certificate = join(dataDir, 'tls', 'https.crt');

  const givens: readonly (readonly [string, () => readonly [readonly string[], Readonly<Record<string, string>>], number])[] = [
    ['a token in the environment and --ca', () => [['--ca', certificate], { ROSTERPORT_TOKEN: facts.token }], 0],
    ['--token and --insecure', () => [['--token', facts.token, '--insecure'], {}], 0],
    ['no token', () => [['--insecure'], {}], 3],
    ['a wrong token', () => [['--token', 'nonsense', '--insecure'], {}], 3],
    ['a token with a line end within', () => [['--token', 'a\nb', '--insecure'], {}], 2],
    ['a token that may not upload', () => [['--token', facts.reportToken, '--insecure'], {}], 3],
    ['a certificate that nobody vouches for', () => [['--token', facts.token], {}], 3],
    ['a certificate file that is not there', () => [['--token', facts.token, '--ca', join(folder, 'no.crt')], {}], 4],
  ];

  test.each(givens)('%s', async (_, given, expected) => {
    const [options, env] = given();
    const { code, out, err } = await runElsewhere(['send', good, '--url', url, '--no-wait', ...options], env);
    expect(code).toBe(expected);
    if (expected === 0) return;
    expect(out).toBe('');
    expect(err).toMatch(/^rosterport: .+\.\n/);
    expect(err).not.toContain(facts.token);
    expect(err).not.toContain(facts.reportToken);
  });

  test('the notes of the first start are not for servers elsewhere', async () => {
    const { code, err } = await run(['jobs', '--url', 'https://hr.example.com']);
    expect(code).toBe(3);
    expect(err).toContain('No token is given for https://hr.example.com');
  });

  test.each(['http://localhost', 'localhost:8443', 'https://me:secret@localhost', 'https://localhost/?a=b', ''])('the URL %j is refused', async (given) => {
    const { code, err } = await run(['jobs', '--url', given]);
    expect(code).toBe(2);
    expect(err).not.toContain('secret');
  });
});

describe('a server that is not as it should be', () => {
  test('nobody there', async () => {
    const { code, err } = await run(['jobs', '--url', 'https://127.0.0.1:1']);
    expect(code).toBe(5);
    expect(err).toContain('nothing listens there');
  });

  test.each([
    [200, '<html>', 70],
    [200, '{"hello": 1}', 70],
    [404, 'not here', 70],
    [502, 'bad gateway', 5],
    [429, '{"code": "tooManyRequests", "detail": "Too many.", "hint": "Wait."}', 5],
    [409, '{"code": "any", "detail": "Taken."}', 6],
    [500, '{"code": "unexpected", "detail": "Broken.", "hint": "Ask \\u001b[2J."}', 70],
  ])('it answers %i %s', async (status, body, expected) => {
    const tls = { key: readFileSync(join(dataDir, 'tls', 'https.key')), cert: readFileSync(join(dataDir, 'tls', 'https.crt')) };
    const server = createServer(tls, (_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, out, err } = await run(['jobs', '--url', `https://localhost:${port}`]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).not.toContain('\u001b');
  });
});
