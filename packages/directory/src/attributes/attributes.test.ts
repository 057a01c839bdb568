import { describe, expect, test } from '@jest/globals';
import { withClient, type PoolClient } from '@rosterport/database';
import type { AttributeDefinition } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { listAttributes } from '../read/attributes.ts';
import { company, type Company } from '../testing/company.ts';
import { defineAttribute } from './define-attribute.ts';
import { removeAttribute } from './remove-attribute.ts';

const database = testDatabase();

const text: AttributeDefinition = { name: 'City', type: 'text', options: [], required: false };
const list: AttributeDefinition = { ...text, type: 'list', options: ['Lund', 'Oslo'] };

async function committed<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return withClient(database.db, async (client) => {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  });
}

const define = ({ tenantId }: Company, definition: AttributeDefinition) =>
  committed((client) => defineAttribute(client, definition, { tenantId }));
const remove = ({ tenantId }: Company, name: string) => committed((client) => removeAttribute(client, name, { tenantId }));
const known = ({ tenantId }: Company) => listAttributes(database.db, tenantId);

async function journalOf({ tenantId }: Company): Promise<readonly unknown[]> {
  const { rows } = await database.db.pool.query<{ before: unknown; after: unknown }>(
    `select before, after from journal where tenant_id = $1 and kind = 'attributeDefinition' order by id`,
    [tenantId],
  );
  return rows.map(({ before, after }) => [before, after]);
}

describe('definitions', () => {
  test('come, change and go, each with its journal entry', async () => {
    const one = await company(database.db);
    expect(await define(one, text)).toEqual({ before: null, after: text });
    expect(await define(one, { ...text, required: true })).toEqual({ before: text, after: { ...text, required: true } });
    await define(one, list);
    expect(await define(one, list)).toEqual({ before: list, after: list });
    expect(await known(one)).toEqual([list]);
    expect(await remove(one, 'City')).toEqual(list);
    expect(await known(one)).toEqual([]);
    expect(await journalOf(one)).toEqual([
      [null, text],
      [text, { ...text, required: true }],
      [{ ...text, required: true }, list],
      [list, null],
    ]);
  });

  test('are those of one tenant', async () => {
    const [one, other] = [await company(database.db), await company(database.db)];
    await define(one, list);
    expect(await known(other)).toEqual([]);
    await expect(remove(other, 'City')).rejects.toMatchObject({ code: 'notFound' });
  });

  test.each(['no such', 'a\0b', '__proto__'])('%j is not there to be removed', async (name) => {
    await expect(remove(await company(database.db), name)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('are not removed while anybody has a value, also an inactive person', async () => {
    const one = await company(database.db);
    await one.run({ users: [{ id: 'E1', attributes: { City: 'Lund' } }] });
    await one.run({ users: [{ id: 'E1', active: false }] });
    await expect(remove(one, 'City')).rejects.toMatchObject({ code: 'attributeInUse', message: expect.stringContaining('1 person') });
    await one.run({ users: [{ id: 'E1', attributes: { City: null } }] });
    await remove(one, 'City');
  });

  test.each<[string, Partial<AttributeDefinition>, string | null]>([
    ['Lund', { type: 'list', options: ['Lund'] }, null],
    ['Lund', { type: 'list', options: ['Oslo'] }, '1 person has a value that it does not take'],
    ['07,5', { type: 'number' }, null],
    ['seven', { type: 'number' }, '1 person has a value that it does not take'],
    ['2026-01-31', { type: 'date' }, null],
    ['31.01.2026', { type: 'date' }, '1 person has a value that it does not take'],
    ['Lund', { type: 'text' }, null],
    ['Lund', { name: 'Email' }, 'its name is that of the column Email'],
  ])('with the value %s there, %j is %s', async (value, parts, problem) => {
    const one = await company(database.db);
    await one.run({ users: [{ id: 'E1', attributes: { City: value } }] });
    const defining = define(one, { ...text, ...parts });
    if (problem === null) await expect(defining).resolves.toMatchObject({ after: parts });
    else await expect(defining).rejects.toMatchObject({ code: 'attributeInvalid', message: expect.stringContaining(problem) });
  });
});

describe('a required attribute', () => {
  const missing = 'rejected validateExternalProperties';
  const required = { ...text, required: true };

  test.each<[string, Parameters<Company['run']>[0]['users'] & object, string]>([
    ['has a value', [{ id: 'E2', attributes: { City: 'Lund' } }], '2 created'],
    ['is empty for somebody new', [{ id: 'E2', attributes: {} }], `2 ${missing}`],
    ['is empty for somebody who has a value', [{ id: 'E1', firstName: 'Ada' }], '2 updated'],
    ['is cleared', [{ id: 'E1', attributes: { City: null } }], `2 ${missing}`],
    ['is empty for somebody who is deactivated', [{ id: 'E3', active: false }], '2 deactivated'],
    ['is empty for somebody who has none', [{ id: 'E3' }], `2 ${missing}`],
  ])('%s', async (_, users, expected) => {
    const one = await company(database.db);
    await one.run({ users: [{ id: 'E1', attributes: { City: 'Lund' } }, { id: 'E3' }] });
    await define(one, required);
    expect((await one.run({ users })).rows).toEqual([expected]);
  });

  test('of which there are several are all named, also where the file has no such column', async () => {
    const one = await company(database.db);
    await define(one, required);
    await define(one, { ...required, name: 'Room' });
    const { rows, plan } = await one.run({ users: [{ id: 'E1' }, { id: 'E1' }, { id: 'E2', attributes: { Room: '7' } }] });
    expect(rows).toEqual([`2 ${missing}`, `3 ${missing}`, `4 ${missing}`]);
    expect(plan.rowIssues).toEqual([{ code: 'validateExternalProperties', severity: 'error', count: 5 }]);
  });
});

describe('a list of a feed that defines options', () => {
  test('gets those of people who are not refused, in the order of the rows, and says so', async () => {
    const one = await company(database.db);
    await define(one, list);
    const { plan, rows, changes } = await one.run({
      users: [
        { id: 'E1', attributes: { City: 'Umeå' } },
        { id: 'E2', attributes: { City: 'Lnud' }, email: 'same@example.com' },
        { id: 'E3', attributes: { City: 'Lunds' } },
        { id: 'E4', attributes: { City: 'Oslo' }, email: 'same@example.com' },
        { id: 'E5', attributes: { City: 'Umeå' } },
      ],
    });
    expect(rows).toEqual(['2 created', '3 rejected validateNoEmailDuplicates', '4 created', '5 rejected validateNoEmailDuplicates', '6 created']);
    expect(changes.attributesDefined).toBe(0);
    expect(plan.fileIssues).toMatchObject([
      { code: 'validateNewOptions', severity: 'warning', column: 'City', found: 'Umeå, Lunds', expected: 'Lunds is almost Lund' },
    ]);
    const after = { ...list, options: ['Lund', 'Oslo', 'Umeå', 'Lunds'] };
    expect(await known(one)).toEqual([after]);
    expect((await journalOf(one)).at(-1)).toEqual([list, after]);
    expect((await one.run({ users: [{ id: 'E1', attributes: { City: 'Umeå' } }] })).plan.fileIssues).toEqual([]);
  });

  test('never has more than a thousand', async () => {
    const one = await company(database.db);
    await define(one, { ...list, options: Array.from({ length: 999 }, (_, index) => `Option ${index}`) });
    const cities = (...names: string[]) => ({ users: names.map((City, index) => ({ id: `E${index}`, attributes: { City } })) });
    const { rows } = await one.run(cities('Lund', 'Option 7', 'Oslo'));
    expect(rows).toEqual(['2 rejected validateExternalProperties', '3 created', '4 rejected validateExternalProperties']);
    expect((await one.run(cities('Lund'))).rows).toEqual(['2 created']);
    expect((await known(one))[0]?.options).toHaveLength(1000);
  });

  test('is not told of options that nothing but a dry look would add', async () => {
    const one = await company(database.db);
    await define(one, list);
    await one.judge({ users: [{ id: 'E1', attributes: { City: 'Umeå' } }] });
    expect(await known(one)).toEqual([list]);
  });
});
