import { describe, expect, test } from '@jest/globals';
import type { SourceId } from './ids.ts';
import { personMentions } from './person-mentions.ts';
import type { PersonTraces } from './person-traces.ts';
import type { SheetHeader } from './raw-row.ts';

const [source, other] = ['s1', 's2'] as [SourceId, SourceId];

const ada: PersonTraces = {
  userId: '7',
  externalIds: [{ sourceId: source, externalId: 'E17' }, { sourceId: other, externalId: '42' }],
  emails: ['Ada.Berg@example.com', 'åsa@xn--bcher-kva.example'],
  phones: ['+46701740605'],
  names: [{ firstName: 'Ada', lastName: 'Berg' }, { firstName: 'Åsa (A.)', lastName: 'O’Ek' }],
  rows: [],
};

const header: SheetHeader = {
  kind: 'users',
  sheet: null,
  columns: (['externalId', 'firstName', 'lastName', 'email', 'phoneNumber', 'managerId', null] as const).map((field, position) => ({
    ...{ position, field, name: field ?? 'Note' },
  })),
};

describe('a text', () => {
  test.each([
    'E17', 'held by E17', 'E3, E17 and 5 more', 'E1 -> E17', 'row of "E17".', '42', 'held by 42', '7, 42',
    'ada.berg@example.com', 'Ada Berg <ADA.BERG@EXAMPLE.COM>', 'mailto:ada.berg@example.com?x', 'ÅSA@xn--bcher-kva.example',
    'Ada Berg', 'the name ADA  BERG twice', 'Berg, Ada', 'Berg Ada', 'Åsa (A.) O’Ek', 'a\u030Asa (a.) o’ek', 'Ada\u200B Berg',
    '+46701740605', '+46 70 174 06 05', '+46 (0)70-174 06 05', '070-174 06 05', '0046701740605', 'call 0701740605!', 'users-E17.csv',
  ])('%j names the person', (text) => {
    expect(personMentions(ada, null).inText(text)).toBe(true);
  });

  test.each([
    '', 'E1', 'E170', 'XE17', 'e17', '42 rows', 'rows 41, 142', 'row 42', 'ada.berg@example.co', 'xada.berg@example.com', 'Ada Bergman',
    'Lada Berg', 'Ada', 'Berg', '+46701740606', '740605', '46', '20260131', 'Ada;Berg',
  ])('%j does not', (text) => {
    expect(personMentions(ada, null).inText(text)).toBe(false);
  });

  test('counts ids of another source only when asked for all', () => {
    expect(personMentions(ada, other).inText('E17')).toBe(false);
    expect(personMentions(ada, other).inText('held by 42')).toBe(true);
  });

  test('names nobody of whom nothing is known', () => {
    expect(personMentions({ ...ada, externalIds: [], emails: [], phones: [], names: [] }, null).inText('Ada Berg, E17, 42')).toBe(false);
  });
});

describe('a row', () => {
  test.each([
    [['E17', 'X', 'Y'], source],
    [[' E17\u200B', 'X', 'Y'], source],
    [['42', 'X', 'Y'], other],
    [['E2', 'X', 'Y', '', '', 'E17'], source],
    [['E2', 'X', 'Y', '', '', '', 'E17'], source],
    [['E2', 'ADA', 'berg'], source],
    [['E2', 'X', 'Y', ' Ada.Berg@Example.com '], source],
    [['E2', 'X', 'Y', '', '070-174 06 05'], source],
    [['E2', 'X', 'Y', '', '', '', 'mentor: Ada Berg'], source],
    [['E2', 'X', 'Y', '', '', '', '', 'surplus ada.berg@example.com'], source],
  ])('%j names the person', (cells, of) => {
    expect(personMentions(ada, of).inRow(header, { row: 2, cells })).toBe(true);
  });

  test.each([
    [['E17', 'X', 'Y'], other],
    [['42', 'X', 'Y'], source],
    [['E2', '42', 'E17'], other],
    [['E2', 'X', 'Y', '', '', '', '42'], other],
    [['E2', 'Ada', 'Ek'], source],
    [['E2', 'X', 'Ada', 'berg@example.com'], source],
    [['', '', ''], source],
    [[], source],
  ])('%j does not', (cells, of) => {
    expect(personMentions(ada, of).inRow(header, { row: 2, cells })).toBe(false);
  });
});
