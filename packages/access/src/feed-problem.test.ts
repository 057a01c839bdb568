import { describe, expect, test } from '@jest/globals';
import { defaultFeedPolicy, defaultGuardLimits } from '@rosterport/domain';

import { feedProblems, type FeedChoices } from './feed-problem.ts';

const sound: FeedChoices = { name: 'people', source: 'files', mode: 'delta', policy: defaultFeedPolicy };
const weekdays = { schedule: '0 6 * * 1-5', timeZone: 'Europe/Stockholm', graceMinutes: 60 } as const;

/** What came from outside may hold anything. */
const withPolicy = (parts: object): FeedChoices => ({ ...sound, policy: { ...defaultFeedPolicy, ...parts } });
const withGuards = (parts: object): FeedChoices => withPolicy({ guards: { ...defaultGuardLimits, ...parts } });
const expecting = (parts: object): FeedChoices => withPolicy({ expected: { ...weekdays, ...parts } });

describe('a feed can be like that', () => {
  test.each<[string, FeedChoices]>([
    ['as by default', sound],
    ['with everything chosen', withPolicy({ unknownGroup: 'skip', unknownAttribute: 'strict', rowError: 'rejectFile', laterFiles: 'supersede' })],
    ['with a full mode', { ...sound, mode: 'full' }],
    ['with guards at their ends', withGuards({ deactivations: { share: 0, people: 0 }, updates: { share: 1 } })],
    ['with guards that are off', withGuards({ deactivations: null, updates: null, swappedIds: false })],
    ['with a language', withPolicy({ emailLanguage: 'sv-SE' })],
    ['with a file on weekdays', expecting({})],
    ['with a file at an hour that summer time leaves out', expecting({ schedule: '30 2 * * *' })],
    ['with a file in UTC', expecting({ timeZone: 'UTC', graceMinutes: 1440 })],
    ...['#CLEAR', '-', '<empty>', '(none)', '#clear it', '*'].map((text) => [`with the clear token ${text}`, withPolicy({ clearToken: text })] as [string, FeedChoices]),
  ])('%s', (_, choices) => expect(feedProblems(choices)).toEqual([]));
});

describe('a feed cannot be like that', () => {
  const couldBe = /could be/;
  test.each<[string, FeedChoices, RegExp | string]>([
    ['a name with a slash', { ...sound, name: 'a/b' }, 'name of a feed'],
    ['a name of dots', { ...sound, name: '..' }, 'name of a feed'],
    ['an empty name', { ...sound, name: '' }, 'name of a feed'],
    ['a long name', { ...sound, name: 'a'.repeat(33) }, 'name of a feed'],
    ['a source with spaces', { ...sound, source: 'HR system' }, 'name of a source'],
    ['a mode that is none', { ...sound, mode: 'half' as 'full' }, 'mode is one of delta, full'],
    ['a policy that is none', withPolicy({ unknownGroup: 'ask' }), 'unknownGroup is one of create, skip, reject'],
    ['a policy of another kind', withPolicy({ rowError: 1 }), 'rowError is one of'],
    ['an empty clear token', withPolicy({ clearToken: '' }), 'is empty'],
    ['a clear token of spaces', withPolicy({ clearToken: '  ' }), 'is empty'],
    ['a clear token with space around it', withPolicy({ clearToken: ' #CLEAR' }), 'space around'],
    ['a clear token that cannot be seen', withPolicy({ clearToken: '\u200B' }), 'cannot be seen'],
    ['a long clear token', withPolicy({ clearToken: '#'.padEnd(51, 'x') }), 'longer than 50'],
    ...['NULL', '0', '1', 'sv', 'en-GB', '2026-01-31', 'ada@example.com', 'Null', '+46701740605', '-5', '=NA()', '@x', '#N/A', '#REF!', '#NAMN?', '#NV', '####', '#'].map(
      (text) => [`the clear token ${text}`, withPolicy({ clearToken: text }), couldBe] as [string, FeedChoices, RegExp],
    ),
    ['a guard that is none', withGuards({ birthdays: true }), 'there is no guard birthdays'],
    ['a share above 1', withGuards({ updates: { share: 10 } }), 'share between 0 and 1'],
    ['a share below 0', withGuards({ updates: { share: -0.1 } }), 'share between 0 and 1'],
    ['a share that is no number', withGuards({ updates: { share: Number.NaN } }), 'share between 0 and 1'],
    ['a share as text', withGuards({ updates: { share: '0.1' } }), 'share between 0 and 1'],
    ['people where none count', withGuards({ updates: { share: 0.1, people: 5 } }), 'a share alone'],
    ['half a person', withGuards({ deactivations: { share: 0.1, people: 0.5 } }), 'a number of people'],
    ['no people where they count', withGuards({ deactivations: { share: 0.1 } }), 'a number of people'],
    ['a share for a guard that has none', withGuards({ swappedIds: { share: 0.1 } }), 'on or off'],
    ['a limit with more in it', withGuards({ updates: { share: 0.1, per: 'day' } }), 'share between 0 and 1'],
    ['a schedule of six fields', expecting({ schedule: '0 0 6 * * 1-5' }), 'five fields'],
    ['a schedule by name', expecting({ schedule: '@daily' }), 'five fields'],
    ['a schedule that is none', expecting({ schedule: '61 6 * * *' }), 'five fields'],
    ['a schedule that never comes', expecting({ schedule: '0 6 30 2 *' }), 'moments to come'],
    ['a time zone that is none', expecting({ timeZone: 'Mars/Olympus' }), 'time zone'],
    ['a time zone as offset', expecting({ timeZone: '+01:00' }), 'time zone'],
    ['no grace', expecting({ graceMinutes: 0 }), 'from 1 to 1440'],
    ['a grace of more than a day', expecting({ graceMinutes: 1441 }), 'from 1 to 1440'],
    ['a word for a language', withPolicy({ emailLanguage: 'swedish' }), 'BCP 47'],
    ['a language with an underscore', withPolicy({ emailLanguage: 'sv_SE' }), 'BCP 47'],
    ['a language in another form', withPolicy({ emailLanguage: 'EN-gb' }), 'it is written en-GB'],
  ])('%s', (_, choices, problem) => expect(feedProblems(choices)).toEqual([{ field: expect.any(String), problem: expect.stringMatching(problem) }]));
});

test('everything that is wrong with a feed is told, by its field', () => {
  const expected = { schedule: '@daily', timeZone: 'Mars/Olympus', graceMinutes: 0 };
  const policy = { ...defaultFeedPolicy, unknownGroup: 'ask', rowError: 1, clearToken: '0', expected, emailLanguage: 'swedish' };
  const guards = { ...defaultGuardLimits, updates: { share: 10 }, swappedIds: 'on', birthdays: true };
  const choices = { name: 'A', source: 'B', mode: 'half', policy: { ...policy, guards } } as unknown as FeedChoices;
  expect(feedProblems(choices).map(({ field }) => field.replace('policy.', ''))).toEqual([
    ...['name', 'source', 'mode', 'unknownGroup', 'rowError', 'clearToken', 'guards', 'guards.updates', 'guards.swappedIds'],
    ...['expected.schedule', 'expected.timeZone', 'expected.graceMinutes', 'emailLanguage'],
  ]);
});
