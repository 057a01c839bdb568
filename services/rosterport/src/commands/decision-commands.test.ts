import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Job, RecordChange, TenantEvent } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { runningServer, serverLife } from './testing/running-server.ts';
import type { Typing } from './testing/type-command.ts';

const lifecycle = serverLife();
// Declared first, so that everything is closed before its database and its folder go.
afterAll(() => lifecycle.closeAll());
const database = testDatabase();
const folder = temporaryFolder();
const { run, facts, url } = runningServer(lifecycle, { databaseUrl: () => database.url, folder });

let files = 0;
let companies = 0;

/** A file with people of a company of its own, so that no test sees those of another. */
function people(company: number, count: number, active = ''): string {
  const path = join(folder, `users-${(files += 1)}.csv`);
  const lines = Array.from({ length: count }, (_, n) => `C${company}-${n};Ada${n};Berg;c${company}.${n}@example.com;${active}`);
  writeFileSync(path, ['EmployeeID;FirstName;LastName;Email;Active', ...lines, ''].join('\n'));
  return path;
}

async function send(path: string): Promise<Job> {
  const { out } = await run(['send', path, '--json']);
  return (JSON.parse(out) as [Job])[0];
}

/** Two jobs: the first made people, the second would deactivate them, and is held. */
async function heldJob(): Promise<{ made: Job; held: Job; company: number }> {
  const company = (companies += 1);
  const made = await send(people(company, 30));
  const held = await send(people(company, 30, '0'));
  expect([made.state, held.state]).toEqual(['applied', 'held']);
  return { made, held, company };
}

async function jobNow(id: string): Promise<Job> {
  const { out } = await run(['report', id, '--format', 'json']);
  return (JSON.parse(out) as { job: Job }).job;
}

describe('a job that is held', () => {
  test('is told by send, with why, who, and what to type next', async () => {
    const company = (companies += 1);
    await send(people(company, 30));
    const { code, out } = await run(['send', people(company, 30, '0')]);
    expect(code).toBe(1);
    const id = /^job +(\S+)$/m.exec(out)?.[1] ?? '';
    expect(out).toContain('held until a person decides; nothing has changed');
    expect(out).toContain('  would be deactivated  30\n');
    expect(out).toMatch(/Why it is held\n {2}validateDeactivationShare\n {4}The file would deactivate 30 of/);
    expect(out).toContain('Records, before -> after\n');
    const job = await jobNow(id);
    expect(out.slice(out.indexOf('To decide\n'))).toBe(`To decide
  rosterport changes ${id}
      lists all that would change
  rosterport approve ${id} --fingerprint ${job.fingerprint}
      applies exactly this plan
  rosterport approve ${id} --override deactivations
      applies it whatever the directory is by then
  rosterport discard ${id}
      changes nothing, and lets later files of the feed go on
`);
    const report = await run(['report', id]);
    expect(report.out).toMatch(/Records, before -> after\n {2}Ada\d+ Berg \(C\d+-\d+\) would be deactivated, row \d+\n {4}active: true -> false\n/);
    expect(report.out).toContain('More records follow; `rosterport changes` lists them all.');
    expect(report.out).toContain(`  rosterport discard ${id}\n`);
    expect((await run(['jobs', '--state', 'held'])).out).toContain(id);
    expect((await run(['discard', id])).code).toBe(0);
  });

  test('lists who and what would change', async () => {
    const { held } = await heldJob();
    const changes = JSON.parse((await run(['changes', held.id, '--json'])).out) as RecordChange[];
    expect(changes).toHaveLength(30);
    expect(changes[0]).toMatchObject({ kind: 'user', action: 'deactivated', values: [{ field: 'active', before: true, after: false }, { field: 'inactiveCause' }] });
    expect((await run(['changes', held.id, '--action', 'deactivated'])).out.match(/would be deactivated/g)).toHaveLength(30);
    expect(await run(['changes', held.id, '--action', 'created'])).toEqual({ code: 0, out: 'There is no such change.\n', err: '' });
    expect((await run(['changes', held.id, '--kind', 'group', '--json'])).out).toBe('[]\n');
    const discarded = await run(['discard', held.id, '--json']);
    expect([discarded.code, JSON.parse(discarded.out)]).toMatchObject([0, { id: held.id, state: 'discarded' }]);
  });
});

test('a sender without the right to see the directory is told numbers alone', async () => {
  const company = (companies += 1);
  await send(people(company, 30));
  const { code, out } = await run(['send', people(company, 30, '0'), '--token', facts().token]);
  expect(code).toBe(1);
  expect(out).toContain('users deactivated  30');
  expect(out).not.toMatch(/Ada\d+ Berg/);
  await run(['discard', /^job +(\S+)$/m.exec(out)?.[1] ?? '']);
});

describe('approve', () => {
  test.each<[string, (job: Job) => readonly string[], Typing]>([
    ['the plan that was seen', (job) => ['--fingerprint', job.fingerprint ?? ''], {}],
    ['--yes', () => ['--yes'], {}],
    ['an override', () => ['--yes', '--override', 'deactivations, updates'], {}],
    ['yes on a terminal', () => [], { isTerminal: true, input: 'y\n' }],
  ])('applies with %s', async (_, options, typing) => {
    const { held } = await heldJob();
    const { code, out } = await run(['approve', held.id, ...options(held)], typing);
    expect(out).toContain('applied');
    expect(code).toBe(0);
    expect(await jobNow(held.id)).toMatchObject({ state: 'applied', changes: { usersDeactivated: 30 } });
    const events = JSON.parse((await run(['events', '--job', held.id, '--json'])).out) as TenantEvent[];
    expect(events.map(({ kind, by }) => [kind, by])).toEqual([['jobApproved', 'first run: operator'], ['jobHeld', null]]);
  });

  test('prints the job and nothing else with --json', async () => {
    const { held } = await heldJob();
    expect(await run(['approve', held.id, '--json'], { isTerminal: true, input: 'y\n' })).toMatchObject({ code: 2, out: '' });
    const approved = await run(['approve', held.id, '--yes', '--json']);
    expect([approved.code, JSON.parse(approved.out)]).toMatchObject([0, { id: held.id, state: 'applied' }]);
  });

  test('shows what is held before it asks, and takes no for an answer', async () => {
    const { held } = await heldJob();
    for (const input of ['n\n', '', '\n', 'maybe\n']) {
      const { code, out, err } = await run(['approve', held.id], { isTerminal: true, input });
      expect(code).toBe(1);
      expect(out).toContain('Why it is held');
      expect(err).toContain('Approve this plan? [y/N] ');
      expect(err).toContain('Not approved; the job is still held.\n');
    }
    const unasked = await run(['approve', held.id]);
    expect(unasked.code).toBe(2);
    expect(unasked.err).toContain('add --yes, or name the plan that was seen with --fingerprint');
    expect(await jobNow(held.id)).toMatchObject({ state: 'held' });
    await run(['discard', held.id]);
  });

  test('refuses another plan, another state, and guards that there are not', async () => {
    const { held, made } = await heldJob();
    expect((await run(['approve', held.id, '--fingerprint', 'a'.repeat(64)])).code).toBe(6);
    expect((await run(['approve', held.id, '--override', 'all', '--yes'])).code).toBe(2);
    expect((await run(['approve', made.id, '--yes'])).code).toBe(6);
    expect((await run(['approve', '3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e', '--yes'])).code).toBe(4);
    const { code, err } = await run(['approve', held.id, '--yes', '--token', facts().reportToken]);
    expect(code).toBe(3);
    expect(err).toContain('lacks the scope `decide`');
    await run(['discard', held.id]);
  });

  test('holds again what has become another plan', async () => {
    const { held, company } = await heldJob();
    const fingerprint = held.fingerprint ?? '';
    await database.db.pool.query(`update users set active = false, inactive_cause = 'hand' where external_id like 'C${company}-0'`);
    const { code, out } = await run(['approve', held.id, '--fingerprint', fingerprint]);
    expect(code).toBe(1);
    expect(out).toContain('validateApprovedPlan');
    expect(out).toContain('To decide\n');
    const again = await jobNow(held.id);
    expect(again.state).toBe('held');
    expect(again.fingerprint).not.toBe(fingerprint);
    await run(['discard', held.id]);
  });

  test('--no-wait ends when the approval is taken', async () => {
    const { held } = await heldJob();
    expect(await run(['approve', held.id, '--fingerprint', held.fingerprint ?? '', '--no-wait'])).toEqual({ code: 0, out: `Job ${held.id} is approved.\n`, err: '' });
  });
});

describe('discard', () => {
  test('ends the job once', async () => {
    const { held } = await heldJob();
    const { code, out } = await run(['discard', held.id]);
    expect({ code, out }).toEqual({ code: 0, out: `Job ${held.id} (${held.fileName}) is discarded; nothing has changed.\n` });
    expect((await run(['discard', held.id])).code).toBe(6);
    expect((await run(['report', held.id])).out).toContain('Why it was held');
  });
});

describe('revert', () => {
  test('undoes a job, shows its report, and can be undone', async () => {
    const made = await send(people((companies += 1), 3));
    const { code, out, err } = await run(['revert', made.id]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^The revert is job [0-9a-f-]{36}\.\n$/) });
    expect(out).toContain(`Revert of ${made.fileName}: applied.\n`);
    expect(out).toContain(`undoes    ${made.id}\n`);
    expect(out).toContain('users removed');
    const again = await run(['revert', made.id]);
    expect(again.code).toBe(6);
    const id = /^job +(\S+)$/m.exec(out)?.[1] ?? '';
    expect(again.err).toContain(id);
    const back = JSON.parse((await run(['revert', id, '--json'])).out) as Job;
    expect(back).toMatchObject({ kind: 'revert', reverts: id, state: 'applied' });
  });

  test('tells what was kept, and why', async () => {
    const company = (companies += 1);
    const made = await send(people(company, 3));
    const path = people(company, 1);
    writeFileSync(path, `EmployeeID;FirstName;LastName;Email\nC${company}-0;Ada;Other;c${company}.0@example.com\n`);
    await send(path);
    const { out } = await run(['revert', made.id]);
    expect(out).toContain('what was kept as it is');
    expect(out).toMatch(new RegExp(`\\(C${company}-0\\) kept: `));
  });

  test('refuses what was not applied', async () => {
    const { held } = await heldJob();
    expect((await run(['revert', held.id])).code).toBe(6);
    await run(['discard', held.id]);
  });
});

test('events are listed, the newest first', async () => {
  const { held } = await heldJob();
  await run(['discard', held.id]);
  const { code, out } = await run(['events', '--limit', '2']);
  expect(code).toBe(0);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^AT +KIND +FEED +JOB +BY +DETAILS$/);
  expect(lines[1]).toMatch(new RegExp(`jobDiscarded +default +${held.id} +first run: operator`));
  expect(lines[2]).toMatch(new RegExp(`jobHeld +default +${held.id} +- +guards=\\["validateDeactivationShare"`));
  expect((await run(['events', '--kind', 'personErased'])).out).toBe('There is no such event.\n');
  expect((await run(['events', '--job', held.id, '--kind', 'jobHeld'])).code).toBe(2);
  expect((await run(['events', '--url', url(), '--token', facts().token])).code).toBe(3);
});
