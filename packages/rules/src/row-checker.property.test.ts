import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  defaultFeedPolicy,
  groupColumns,
  userColumns,
  type FeedPolicy,
  type GroupRecord,
  type HeaderColumn,
  type SheetHeader,
  type SheetKind,
  type UserRecord,
} from '@rosterport/domain';
import { groupChecker } from './group-checker.ts';
import { userChecker } from './user-checker.ts';

/** Always the same rows, so that a change that breaks nothing never turns the suite red. */
const runs = { numRuns: 500, seed: 1 };
const clearToken = '#CLEAR';
const policy: FeedPolicy = { ...defaultFeedPolicy, clearToken };
const attributeNames = ['City', '__proto__', 'constructor'];

const users = sheet('users', [...userColumns, ...userColumns.filter(({ repeatable }) => repeatable)], attributeNames);
const groups = sheet('groups', groupColumns, []);
const checkUser = userChecker({ policy, header: users, knownAttributes: new Map() });
const checkGroup = groupChecker({ policy, header: groups, knownAttributes: new Map() });

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant(clearToken));
const anyCells = fc.array(anyText, { maxLength: users.columns.length + 3 });
const damaged = fc.array(fc.nat(20), { maxLength: 3 });

/** Texts that are right often enough for whole rows to be right often. */
const likely: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.oneof(fc.emailAddress(), fc.constantFrom('Ada@Bücher.example', 'åsa@EXAMPLE.com', 'a\u030A@example.com')),
  phoneNumber: fc.constantFrom('+46 70 123 45 67', '+1 (212) 555-0123', '+44 20 7946 0958', '+39 06 1234567'),
  isManager: fc.constantFrom('0', '1'),
  active: fc.constantFrom('0', '1', ' 1'),
  language: fc.constantFrom('sv', 'EN-gb', 'zh-hant-tw', 'iw', 'no'),
};

test('no text in any cell makes a checker throw, and a record is there exactly when nothing is an error', () => {
  fc.assert(
    fc.property(anyCells, damaged, (cells, positions) => {
      for (const check of [checkUser, checkGroup]) {
        const checked = check({ row: 2, cells, damaged: positions });
        expect(checked.record === null).toBe(checked.issues.some(({ severity }) => severity === 'error'));
        for (const issue of checked.issues) expect(JSON.stringify(issue)).not.toMatch(/\\u0000|\\ud[89a-f]|\{(column|found|expected)\}/i);
      }
    }),
    runs,
  );
});

test('a row is judged the same beside a cell with unusual characters, for which all of it is looked at closer', () => {
  const width = users.columns.length;
  const moody = { ...users, columns: [...users.columns, { position: width, name: 'Mood', field: null }] };
  const check = userChecker({ policy, header: moody, knownAttributes: new Map() });
  fc.assert(
    fc.property(fc.oneof(anyCells, rowOf(users)), (some) => {
      const cells = Array.from({ length: width }, (_, position) => some[position] ?? '');
      const plain = check({ row: 2, cells });
      const { attributes, ...others } = plain.record ?? plain.proved ?? {};
      const unusual = check({ row: 2, cells: [...cells, '🙂'] });
      expect(unusual).toMatchObject({ externalId: plain.externalId, issues: plain.issues });
      expect(unusual.record ?? unusual.proved).toEqual({ ...others, attributes: { ...attributes, Mood: '🙂' } });
    }),
    runs,
  );
});

test('a checked user, written down again, is checked to the same user', () => {
  let records = 0;
  fc.assert(
    fc.property(rowOf(users), (cells) => {
      const { record } = checkUser({ row: 2, cells });
      if (record === null) return;
      records++;
      const again = checkUser({ row: 2, cells: userCells(record) });
      expect(again.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(again.record).toEqual(record);
    }),
    runs,
  );
  expect(records).toBeGreaterThan(50);
});

test('a checked group, written down again, is checked to the same group', () => {
  let records = 0;
  fc.assert(
    fc.property(rowOf(groups), (cells) => {
      const { record } = checkGroup({ row: 2, cells });
      if (record === null) return;
      records++;
      expect(checkGroup({ row: 2, cells: groupCells(record) })).toMatchObject({ issues: [], record });
    }),
    runs,
  );
  expect(records).toBeGreaterThan(50);
});

function sheet(kind: SheetKind, contract: typeof userColumns | typeof groupColumns, attributes: string[]): SheetHeader {
  const columns = [
    ...contract.map(({ field, headers }) => ({ name: headers[0] ?? field, field })),
    ...attributes.map((name) => ({ name, field: null })),
  ].map((column, position): HeaderColumn => ({ ...column, position }));
  return { kind, sheet: kind, columns };
}

function rowOf(header: SheetHeader): fc.Arbitrary<string[]> {
  const plain = fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 12 }));
  return fc.tuple(
    ...header.columns.map(({ field, position }) => {
      const good = likely[field ?? ''] ?? plain;
      if (position < 4) return fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: fc.constant(clearToken) });
      return fc.oneof({ weight: 6, arbitrary: good }, fc.constantFrom('', clearToken));
    }),
  );
}

/** The cells that say what the record says. */
function userCells(record: UserRecord): string[] {
  const { groups: references, manager, attributes, phone, ...plain } = record;
  const texts = new Map<string, string[]>(Object.entries(plain).map(([field, value]) => [field, [cellOf(value)]]));
  texts.set('phoneNumber', [cellOf(phone)]);
  if (references?.length === 0) texts.set('groupId', [clearToken]);
  for (const { by, value } of references ?? []) addTo(texts, by === 'id' ? 'groupId' : 'groupName', value);
  if (manager === null) texts.set('managerId', [clearToken]);
  else if (manager !== undefined) addTo(texts, manager.by === 'id' ? 'managerId' : 'managerName', manager.value);
  return users.columns.map(({ field, name }) => {
    if (field === null) return cellOf(new Map(Object.entries(attributes)).get(name));
    return texts.get(field)?.shift() ?? '';
  });
}

function addTo(texts: Map<string, string[]>, field: string, text: string): void {
  texts.set(field, [...(texts.get(field) ?? []), text]);
}

function groupCells(record: GroupRecord): string[] {
  const { externalId, name, description, responsibleManager, parent } = record;
  return [externalId, name, description, responsibleManager, parent].map(cellOf);
}

function cellOf(value: string | boolean | null | undefined): string {
  if (value === undefined) return '';
  if (value === null) return clearToken;
  return typeof value === 'string' ? value : value ? '1' : '0';
}
