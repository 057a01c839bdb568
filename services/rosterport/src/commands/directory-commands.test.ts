import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DirectoryGroup, DirectoryUser, Job } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import type { SentHistory } from '../client/directory-api.ts';
import { runningServer, serverLife } from './testing/running-server.ts';

const lifecycle = serverLife();
// Declared first, so that everything is closed before its database and its folder go.
afterAll(() => lifecycle.closeAll());
const database = testDatabase();
const folder = temporaryFolder();
const { run } = runningServer(lifecycle, { databaseUrl: () => database.url, folder });

beforeAll(async () => {
  const path = join(folder, 'users.csv');
  writeFileSync(path, 'EmployeeID;FirstName;LastName;Email;Department;City\nE1;Ada;Berg;ada@example.com;DEP_1;Lund\nE2;Bo;Dahl;bo@example.com;DEP_1;Lund\n');
  expect((JSON.parse((await run(['send', path, '--json'])).out) as [Job])[0].state).toBe('applied');
});

async function json<Result>(typed: readonly string[]): Promise<Result> {
  const { code, out, err } = await run([...typed, '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Result;
}

describe('user', () => {
  test('add, show, edit and history', async () => {
    const user = await json<DirectoryUser>(['user', 'add', '--first-name', 'Eva', '--last-name', 'Falk', '--email', 'eva@example.com', '--group', 'DEP_1', '--attribute', 'City=A=B', '--manager', '--no-active']);
    expect(user).toMatchObject({ externalId: null, attributes: { City: 'A=B' }, isManager: true, active: false, groups: [{ externalId: 'DEP_1' }] });
    const name = `id:${user.id}`;
    expect(await json(['user', 'show', name])).toEqual(user);
    const changed = await json<DirectoryUser>(['user', 'edit', name, '--active', '--phone', '+46 70 174 06 05', '--email', '', '--attribute', 'City=', '--no-groups']);
    expect(changed).toMatchObject({ firstName: 'Eva', email: null, phone: '+46701740605', attributes: {}, isManager: true, active: true, groups: [] });
    const history = await json<SentHistory>(['user', 'history', name, '--limit', '1']);
    expect(history.items).toHaveLength(1);
    const { out } = await run(['user', 'history', name]);
    expect(out).toMatch(/^FIELD +VALUE +SET +BY\n/);
    expect(out).toMatch(/phone +\+46701740605 +\S+ +first run: operator, by hand\n/);
    expect(out).toMatch(/email +eva@example\.com\n/);
  });

  test('shows a managed person by the external id, with the row of the file behind each value', async () => {
    const { code, out } = await run(['user', 'show', 'E1']);
    expect([code, out]).toEqual([0, expect.stringMatching(/firstName +Ada\n[^]*attributes.City +Lund\ngroup +DEP_1 \(DEP_1\)\n$/)]);
    const history = (await run(['user', 'history', 'E1'])).out;
    expect(history).toMatch(/^email +ada@example\.com +\S+ +users\.csv row 2 \([0-9a-f-]{36}\)$/m);
    expect(history).toMatch(/^group +DEP_1 \(DEP_1\) +\S+ +users\.csv row 2/m);
  });

  test('edit changes nothing of a managed person but the mark of administrators', async () => {
    const refused = await run(['user', 'edit', 'E1', '--last-name', 'Ek']);
    expect([refused.code, refused.out, refused.err]).toEqual([6, '', expect.stringContaining('belongs to the source `files`')]);
    expect(await json<DirectoryUser>(['user', 'edit', 'E1', '--administrator'])).toMatchObject({ administrator: true, lastName: 'Berg' });
  });

  test.each<readonly [string, readonly string[], number]>([
    ['nobody of that id', ['user', 'show', 'E99'], 4],
    ['nobody of that id', ['user', 'history', 'id:999'], 4],
    ['an id that is left out', ['user', 'show', 'id:'], 4],
    ['a group whose id is left out', ['group', 'edit', 'id:', '--name', 'X'], 4],
    ['a group that is not there', ['user', 'edit', 'E1', '--group', 'DEP_9'], 4],
    ['values that are not right', ['user', 'add', '--first-name', 'X', '--last-name', 'Y', '--email', 'x'], 2],
    ['an attribute without a value', ['user', 'add', '--attribute', 'City'], 2],
    ['an erasure that nobody confirms', ['user', 'erase', 'E2'], 2],
    ['a token that may not', ['user', 'erase', 'E2', '--yes', '--token', 'nonsense'], 3],
  ])('ends for %s: %j', async (_, typed, expected) => {
    const { code, out, err } = await run(typed);
    expect([code, out, err]).toEqual([expected, '', expect.stringMatching(/^rosterport: /)]);
  });

  test('erase asks first, and then leaves nothing', async () => {
    const kept = await run(['user', 'erase', 'E2'], { isTerminal: true, input: 'no\n' });
    expect([kept.code, kept.out, kept.err]).toEqual([1, expect.stringMatching(/lastName +Dahl\n/), expect.stringContaining('Nobody was erased.')]);
    const gone = await run(['user', 'erase', 'E2'], { isTerminal: true, input: 'y\n' });
    expect([gone.code, gone.out]).toEqual([0, expect.stringContaining('Erased, with 2 entries of the journal, 1 row result, 0 findings, 1 file.\n')]);
    expect((await run(['user', 'show', 'E2'])).code).toBe(4);
    const { id } = await json<DirectoryUser>(['user', 'add', '--first-name', 'Bo', '--last-name', 'Dahl', '--email', 'bo@example.com']);
    expect(await json(['user', 'erase', `id:${id}`, '--yes'])).toMatchObject({ id, journalEntries: 1, files: [] });
  });
});

describe('group', () => {
  test('add and edit', async () => {
    const top = await json<DirectoryGroup>(['group', 'add', '--name', 'Projects', '--parent', 'DEP_1']);
    expect(top).toMatchObject({ name: 'Projects', parent: { externalId: 'DEP_1' } });
    expect(await json<DirectoryGroup>(['group', 'edit', `id:${top.id}`, '--no-parent', '--description', 'Ours'])).toMatchObject({ parent: null, description: 'Ours' });
    const { out } = await run(['group', 'edit', `id:${top.id}`, '--description', '', '--parent', 'DEP_1']);
    expect(out).toMatch(/^id +\d+\nname +Projects\nmembers +0\nparent +DEP_1 \(DEP_1\)\n$/);
    expect((await run(['group', 'edit', 'DEP_1', '--name', 'X'])).code).toBe(6);
    expect((await run(['group', 'add', '--name', 'projects', '--parent', 'DEP_1'])).code).toBe(6);
  });

  test('remove takes away one made by hand, and what is below it only moves when told', async () => {
    const top = await json<DirectoryGroup>(['group', 'add', '--name', 'Attic']);
    const below = await json<DirectoryGroup>(['group', 'add', '--name', 'Box', '--parent', `id:${top.id}`]);
    expect(await run(['group', 'remove', `id:${top.id}`])).toMatchObject({ code: 6, err: expect.stringContaining(`the group with the id ${below.id} is below it`) });
    expect(await run(['group', 'remove', `id:${top.id}`, '--move-up'])).toMatchObject({ code: 0, out: `Group Attic (id:${top.id}) was removed.\n` });
    expect(await json(['group', 'remove', `id:${below.id}`])).toMatchObject({ name: 'Box', parent: null });
    expect((await run(['group', 'remove', 'DEP_1'])).err).toContain('only a group that was made by hand can be removed');
  });
});

test('people and groups are listed page by page, as a table and in JSON', async () => {
  const [person] = await json<readonly DirectoryUser[]>(['user', 'list', '--external-id', 'E1']);
  expect(person).toMatchObject({ externalId: 'E1' });
  const table = (await run(['user', 'list', '--external-id', 'E1'])).out;
  expect(table).toMatch(/^PERSON +FIRST NAME +LAST NAME +E-MAIL +PHONE +STATE +SOURCE +GROUPS\nE1 +Ada +Berg +ada@example\.com +- +active +files +DEP_1\n$/);
  const all = await json<readonly DirectoryUser[]>(['user', 'list']);
  expect((await json<readonly DirectoryUser[]>(['user', 'list', '--active'])).length + (await json<readonly DirectoryUser[]>(['user', 'list', '--inactive'])).length).toBe(all.length);
  expect(await json(['user', 'list', '--limit', '1'])).toEqual(all.slice(0, 1));
  const more = 'There are more; --limit says how many are shown.\n';
  for (const beginning of [['user', 'list'], ['user', 'history', 'E1'], ['jobs'], ['events']]) {
    const first = (await run([...beginning, '--limit', '1'])).err;
    expect([beginning, first, (await run([...beginning, '--limit', '1000'])).err]).toEqual([beginning, beginning[0] === 'jobs' ? '' : more, '']);
  }
  expect((await run(['user', 'list', '--active', '--inactive'])).code).toBe(2);
  expect((await run(['group', 'list', '--external-id', 'DEP_1'])).out).toMatch(/^GROUP +NAME +MEMBERS +PARENT +MANAGERS\nDEP_1 +DEP_1 +\d+ +-\n$/);
  expect((await run(['group', 'list', '--external-id', 'DEP_9'])).out).toBe('There is no group.\n');
});
