import { beforeAll, describe, expect, test } from '@jest/globals';
import { listCredentials, listFeeds, type Credential, type ShownFeed } from '@rosterport/access';
import { defaultFeedPolicy, type AttributeDefinition, type TenantId } from '@rosterport/domain';
import { listEvents } from '@rosterport/jobs';
import { testDatabase } from '@rosterport/testing';
import { typeCommand, type Typed } from './testing/type-command.ts';

const database = testDatabase();
let tenantId: TenantId;

const run = (...typed: string[]): Promise<Typed> => typeCommand([...typed, '--tenant', 'acme'], { env: { DATABASE_URL: database.url } });
const json = async <Value>(...typed: string[]): Promise<Value> => {
  const { code, out, err } = await run(...typed, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Value;
};

beforeAll(async () => {
  const { out } = await typeCommand(['tenant', 'add', 'acme', '--json'], { env: { DATABASE_URL: database.url } });
  tenantId = (JSON.parse(out) as { id: TenantId }).id;
});

describe('feeds', () => {
  test('are added with all that is typed, and shown as it is', async () => {
    const policy = ['--unknown-group', 'skip', '--unknown-attribute', 'strict', '--row-error', 'rejectFile', '--clear-token', '#CLEAR', '--later-files', 'supersede', '--same-name', 'supersede', '--sidecar', 'sha256', '--close-waits', '10', '--email-language', 'sv-SE'];
    const guards = ['--guard', 'deactivations=2%,3', '--guard', 'updates=off', '--guard', 'swappedIds=off'];
    const expected = ['--expect', '0 6 * * 1-5', '--time-zone', 'Europe/Stockholm', '--grace', '30'];
    const feed = await json<ShownFeed>('feed', 'add', 'nightly', '--source', 'files', '--mode', 'full', ...policy, ...guards, ...expected);
    expect(feed).toEqual({
      ...{ name: 'nightly', source: 'files', mode: 'full', enabled: true, matchesByEmail: false },
      policy: {
        ...{ unknownGroup: 'skip', unknownAttribute: 'strict', rowError: 'rejectFile', clearToken: '#CLEAR', laterFiles: 'supersede' },
        ...{ sameName: 'supersede', sidecar: 'sha256', closeWaits: 10 },
        guards: { ...defaultFeedPolicy.guards, deactivations: { share: 0.02, people: 3 }, updates: null, swappedIds: false },
        expected: { schedule: '0 6 * * 1-5', timeZone: 'Europe/Stockholm', graceMinutes: 30 },
        emailLanguage: 'sv-SE',
      },
    });
    expect(await json('feed', 'show', 'nightly')).toEqual(feed);
    expect((await run('feed', 'list')).out).toMatch(/^NAME +SOURCE +MODE +STATE +EXPECTS\ndefault +files +delta +enabled +no\nnightly +files +full +enabled +0 6/);
    expect((await run('feed', 'show', 'nightly')).out).toMatch(/guard +deactivations=2%,3\nguard +updates=off\n/);
  });

  test('are changed by what is typed and by nothing else', async () => {
    const { policy } = await json<ShownFeed>('feed', 'show', 'nightly');
    const changed = await json<ShownFeed>('feed', 'set', 'nightly', '--mode', 'delta', '--no-clear-token', '--grace', '90', '--guard', 'updates=50%');
    const expected = { ...policy.expected, graceMinutes: 90 };
    expect(changed).toMatchObject({ mode: 'delta', policy: { ...policy, clearToken: null, expected, guards: { ...policy.guards, updates: { share: 0.5 } } } });
    expect((await json<ShownFeed>('feed', 'set', 'nightly', '--no-expect')).policy).toEqual({ ...changed.policy, expected: null });
    expect((await json<ShownFeed>('feed', 'set', 'nightly')).policy).toEqual({ ...changed.policy, expected: null });
  });

  test('are disabled and enabled again', async () => {
    expect((await run('feed', 'disable', 'nightly')).out).toBe('Feed nightly of tenant acme is disabled; all people stay as they are.\n');
    expect(await json('feed', 'show', 'nightly')).toMatchObject({ enabled: false });
    expect(await json('feed', 'enable', 'nightly')).toMatchObject({ enabled: true, matchesByEmail: true });
    expect((await run('feed', 'show', 'nightly')).out).toContain('finds people by their e-mail first');
  });

  test('leave an event of each change, which says that it came from the command line', async () => {
    const { items } = await listEvents(database.db, { tenantId, kind: 'feedChanged', limit: 100 });
    expect(items.map(({ feed, by, details }) => [feed, by, details['change']])).toEqual([
      ...Array.from({ length: 4 }, () => ['nightly', 'command line', 'changed']),
      ['nightly', 'command line', 'added'],
    ]);
  });

  test.each<[string[], number, string]>([
    [['feed', 'add', 'nightly'], 6, 'has a feed named `nightly` already'],
    [['feed', 'add', 'A feed'], 2, 'the name of a feed'],
    [['feed', 'add', 'other', '--source', '../x'], 2, 'the name of a source'],
    [['feed', 'add', 'other', '--mode', 'half'], 2, 'delta, full'],
    [['feed', 'add', 'other', '--clear-token', '0'], 2, 'could be a value'],
    [['feed', 'add', 'other', '--clear-token', ''], 2, 'is empty'],
    [['feed', 'add', 'other', '--sidecar', 'md5'], 2, 'none, done, sha256'],
    [['feed', 'add', 'other', '--close-waits', '31'], 2, 'from 0 to 30'],
    [['feed', 'add', 'other', '--close-waits', 'soon'], 2, 'from 0 to 30'],
    [['feed', 'add', 'other', '--guard', 'updates=120%'], 2, 'between 0 and 1'],
    [['feed', 'add', 'other', '--guard', 'updates'], 2, 'the guard updates has a share'],
    [['feed', 'add', 'other', '--guard', 'updates=75'], 2, 'the guard updates has a share between 0 and 1 (0 % and 100 %), or is off'],
    [['feed', 'add', 'other', '--guard', 'birthdays=on'], 2, 'there is no guard birthdays'],
    [['feed', 'set', 'nightly', '--mode', 'half', '--guard', 'swappedIds=5'], 2, 'mode is one of delta, full; the guard swappedIds is on or off.'],
    [['feed', 'set', 'nightly', '--clear-token', '0', '--grace', 'soon', '--time-zone', 'x', '--expect', '@daily', '--row-error', 'stop'], 2, 'rowError is one of skipRow, rejectFile; the text that clears a value could be a value'],
    [['feed', 'set', 'nightly', '--clear-token', '0', '--grace', 'soon', '--time-zone', 'x', '--expect', '@daily'], 2, 'day of week; the time zone is a name such as Europe/Stockholm; the grace is'],
    [['feed', 'add', 'other', '--grace', '5'], 2, 'need a schedule'],
    [['feed', 'add', 'other', '--expect', '@daily'], 2, 'five fields'],
    [['feed', 'add', 'other', '--expect', '0 6 * * *', '--grace', 'soon'], 2, 'from 1 to 1440'],
    [['feed', 'add', 'other', '--expect', '0 6 * * *', '--time-zone', 'Mars/Olympus'], 2, 'time zone'],
    [['feed', 'set', 'other', '--mode', 'full'], 4, 'no feed'],
    [['feed', 'show', 'other'], 4, 'no feed'],
    [['token', 'issue', '--feed', 'other'], 4, 'no feed'],
  ])('%j ends with %i', async (typed, code, part) => {
    const told = await run(...typed);
    expect({ code: told.code, out: told.out }).toEqual({ code, out: '' });
    expect(told.err).toContain(part);
    expect(await listFeeds(database.db, tenantId)).toHaveLength(2);
  });

  test('and modes of credentials are those that are typed', async () => {
    const { credential } = await json<{ credential: Credential }>('token', 'issue', '--feed', 'nightly', '--mode', 'full');
    const nightly = (await listFeeds(database.db, tenantId)).find(({ name }) => name === 'nightly');
    expect(credential).toMatchObject({ feedId: nightly?.id, mode: 'full' });
    expect(await listCredentials(database.db, tenantId)).toMatchObject([{ feedId: nightly?.id, mode: 'full' }]);
  });
});

describe('attributes', () => {
  test('are defined, listed, defined anew and removed', async () => {
    expect((await run('attribute', 'list')).out).toBe('Tenant acme has defined no attribute.\n');
    const list = await json<AttributeDefinition>('attribute', 'define', 'City', '--type', 'list', '--option', 'Lund', '--option', 'Malmö', '--required');
    expect(list).toEqual({ name: 'City', type: 'list', options: ['Lund', 'Malmö'], required: true });
    expect((await run('attribute', 'list')).out).toMatch(/^NAME +TYPE +REQUIRED +OPTIONS\nCity +list +yes +Lund, Malmö\n$/);
    expect((await run('attribute', 'define', 'City')).out).toBe('Attribute City is a text.\n');
    expect((await run('attribute', 'remove', 'City')).out).toBe('Attribute City was removed.\n');
    const { items } = await listEvents(database.db, { tenantId, kind: 'attributeChanged', limit: 100 });
    expect(items.map(({ by, details }) => [by, details['change']])).toEqual(['removed', 'changed', 'defined'].map((change) => ['command line', change]));
  });

  test.each<[string[], number, string]>([
    [['attribute', 'define', 'City', '--type', 'colour'], 2, 'text, number, date, list'],
    [['attribute', 'define', 'City', '--type', 'list'], 2, 'at least one option'],
    [['attribute', 'define', 'City', '--option', 'Lund'], 2, 'only a list'],
    [['attribute', 'define', 'Email'], 2, 'column Email'],
    [['attribute', 'remove', 'City'], 4, 'no attribute'],
  ])('%j ends with %i', async (typed, code, part) => {
    const told = await run(...typed);
    expect({ code: told.code, out: told.out }).toEqual({ code, out: '' });
    expect(told.err).toContain(part);
  });
});
