import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  columnsOf,
  defaultFeedPolicy,
  issueCatalogue,
  type AttributeDefinition,
  type CheckedRow,
  type GroupRecord,
  type HeaderColumn,
  type IssueCode,
  type RawRow,
  type SheetKind,
  type UserRecord,
} from '@rosterport/domain';
import { groupChecker } from './group-checker.ts';
import type { AcceptedExample, Example, RefusedExample } from './rule.ts';
import { groupRules, userRules } from './rules.ts';
import { userChecker } from './user-checker.ts';

const mandatory: Readonly<Record<SheetKind, Example['row']>> = {
  users: { externalId: 'E1', firstName: 'Ada', lastName: 'Berg', email: 'ada@example.com' },
  groups: { orgUnitId: 'DEP_001', name: 'HR', description: '', responsibleManager: '', parentOrgUnit: '' },
};

const undefinedAttribute: AttributeDefinition = { name: '', type: 'text', options: [], required: false };

const rules = [...new Map([...userRules, ...groupRules].map((rule) => [rule.name, rule])).values()];

describe.each(rules)('the rule $name', (rule) => {
  for (const [title, example] of titled(rule.accepted)) {
    test(`accepts ${title}`, () => accepts(example));
  }

  for (const [title, example] of titled(rule.refused)) {
    test(`refuses ${title}`, () => refuses(rule.code, example));
  }

  test('has the examples that it needs', () => {
    expect(rule.accepted.length).toBeGreaterThan(0);
    expect(rule.refused.length > 0).toBe(rule.code !== null);
    if (rule.code !== null) expect(issueCatalogue[rule.code].scope).toBe('row');
  });
});

test('every rule has a file of its own, and every file is in a list', () => {
  const files = readdirSync(new URL('./rules/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
  expect(rules.map((rule) => rule.name).sort()).toEqual(files.sort());
});

function accepts(example: AcceptedExample): void {
  const checked = check(example);
  expect(checked.issues).toEqual([]);
  gives(checked, example);
}

function gives(checked: ReturnType<typeof check>, example: AcceptedExample | RefusedExample): void {
  const record = new Map<string, unknown>(Object.entries(checked.record ?? {}));
  for (const [key, value] of Object.entries(example.gives ?? {})) expect([key, record.get(key)]).toEqual([key, value]);
}

function refuses(code: IssueCode | null, example: RefusedExample): void {
  const checked = check(example);
  const column = example.column === null ? null : headerOf(example.column, example.kind ?? 'users');
  expect(checked.issues.map((issue) => [issue.code, issue.column])).toEqual([[code, column]]);
  const [issue] = checked.issues;
  expect(issue?.message).not.toMatch(/\{\w+\}/);
  expect(checked.record === null).toBe(issue?.severity === 'error');
  gives(checked, example);
  if (example.expected !== undefined) expect(issue?.expected).toBe(example.expected);
}

/** Each example with its row as a title, shortened. */
function titled<Kind extends Example>(examples: readonly Kind[]): [string, Kind][] {
  return examples.map((example, index) => [`${index + 1}: ${JSON.stringify(example.row).slice(0, 80)}`, example]);
}

/** Lays the example out as a sheet with one row and checks it. */
function check(example: Example): CheckedRow<UserRecord> | CheckedRow<GroupRecord> {
  const kind = example.kind ?? 'users';
  const columns: HeaderColumn[] = [];
  const cells: string[] = [];
  const damaged: number[] = [];
  for (const [key, value] of Object.entries({ ...mandatory[kind], ...example.row })) {
    const contract = columnsOf(kind).find(({ field }) => field === key);
    for (const text of typeof value === 'string' ? [value] : value) {
      columns.push({ position: columns.length, name: headerOf(key, kind), field: contract?.field ?? null });
      cells.push(text);
    }
    if (example.damaged?.includes(key)) damaged.push(columns.length - 1);
  }
  const raw: RawRow = { row: 2, cells: [...cells, ...(example.surplus ?? [])], damaged };
  const context = {
    policy: { ...defaultFeedPolicy, ...example.policy },
    header: { kind, sheet: null, columns },
    knownAttributes: new Map(
      (example.knownAttributes ?? []).map((one) => {
        const known = { ...undefinedAttribute, ...(typeof one === 'string' ? { name: one } : one) };
        return [known.name, known];
      }),
    ),
  };
  return kind === 'users' ? userChecker(context)(raw) : groupChecker(context)(raw);
}

function headerOf(name: string, kind: SheetKind): string {
  return columnsOf(kind).find(({ field }) => field === name)?.headers[0] ?? name;
}
