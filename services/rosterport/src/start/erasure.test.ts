import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { DirectoryUser, Erasure, Job, JobId, Page } from '@rosterport/domain';
import { toXlsxByExceljs, type Table } from '@rosterport/fixtures';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { runningServer, serverLife } from '../commands/testing/running-server.ts';

const lifecycle = serverLife();
// Declared first, so that everything is closed before its database and its folder go.
afterAll(() => lifecycle.closeAll());
const database = testDatabase();
const folder = temporaryFolder();
const { facts, run } = runningServer(lifecycle, { databaseUrl: () => database.url, folder });

interface Asked {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly body?: Buffer | string;
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what is asked decides what is answered
function ask<Answer>(path: string, { method = 'GET', token = facts().operatorToken, body }: Asked = {}): Promise<{ status: number; answer: Answer }> {
  const headers = { authorization: token ?? '', ...(body === undefined ? {} : { 'content-type': 'application/octet-stream', 'content-length': Buffer.byteLength(body) }) };
  return new Promise((resolve, reject) => {
    const asking = request({ host: 'localhost', port: facts().httpsPort, path, method, headers, rejectUnauthorized: false, agent: false }, (reply) => {
      const pieces: Buffer[] = [];
      reply.on('data', (piece: Buffer) => pieces.push(piece));
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, answer: JSON.parse(Buffer.concat(pieces).toString()) as Answer }));
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

const ended: readonly string[] = ['applied', 'previewed', 'rejected', 'held'];

/** Sends a file and waits until nothing more happens to it by itself. */
async function send(fileName: string, body: Buffer | string, query = ''): Promise<Job> {
  const sent = await ask<Job>(`/v1/files?fileName=${encodeURIComponent(fileName)}${query}`, { method: 'POST', token: facts().token, body });
  expect(sent.status).toBe(202);
  for (;;) {
    const { answer } = await ask<Job>(`/v1/jobs/${sent.answer.id}`);
    if (ended.includes(answer.state)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const head = 'EmployeeID;FirstName;LastName;Email;PhoneNumber;Department;EmployeeManagerID;EmployeeManagerName;City';

function csv(...rows: readonly string[]): string {
  return [head, ...rows, ''].join('\n');
}

/** All that the person ever was; nobody else has any of it. */
const traces = ['EMP-1717', 'adalberta', 'zundberg', 'zundek', '70 174 06 05', '701740605', 'Zlundtown'];

/** Every value of every table, also those of the queue, with where it stands. */
async function dump(): Promise<readonly string[]> {
  const { rows: tables } = await database.db.pool.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.db.pool.query<{ line: string }>(`select to_jsonb(t)::text as line from ${name} t`);
    lines.push(...rows.map(({ line }) => `${name} ${line}`));
  }
  const { rows: chunks } = await database.db.pool.query<{ places: Buffer }>('select places from row_chunks');
  lines.push(...chunks.map(({ places }) => `public.row_chunks ${inflateRawSync(places).toString()}`));
  return lines;
}

function naming(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => traces.some((trace) => text.toLowerCase().includes(trace.toLowerCase())));
}

/** The bytes of the files that are kept, by job. */
function keptFiles(): ReadonlyMap<string, string> {
  const root = join(folder, 'data', 'staging');
  const paths = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(paths.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('latin1')]));
}

async function person(externalId: string): Promise<DirectoryUser | undefined> {
  return (await ask<Page<DirectoryUser>>(`/v1/users?externalId=${externalId}`)).answer.items[0];
}

const others = ['EMP-1;Bo;Dahl;bo@example.com;;DEP_1;;;Lund', 'EMP-2;Eva;Falk;eva@example.com;;DEP_1;;;Lund'];
const jobs: Record<string, JobId> = {};

test('a person comes into everything that is kept', async () => {
  const old = 'EMP-1717;Adalberta;Zundberg;adalberta.zundberg@example.com;+46 70 174 06 05;DEP_1;EMP-1;;Zlundtown';
  const renamed = old.replace(';Zundberg', ';Zundek');
  const now = 'EMP-1717;Adalberta;Zundek;a.zundek@example.com;;DEP_2;;Eva Falk;Zlundtown';
  const named = ['EMP-3;Ida;Ek;ida@example.com;;DEP_1;EMP-1717;;Lund', 'EMP-4;Kim;Ask;kim@example.com;;DEP_1;;adalberta  ZUNDBERG;Lund'];
  const taking = 'EMP-5;Jon;Ost;adalberta.zundberg@example.com;;;;;Lund';
  const users: Table = { sheet: 'Users', header: head.split(';'), rows: others.map((row) => row.split(';')) };
  // No row is read from a sheet of this name.
  const notes = { sheet: 'Notes', header: ['Note'], rows: [['Ask Adalberta Zundberg']] } as unknown as Table;
  const files: readonly (readonly [name: string, content: Buffer | string, state: string, query?: string])[] = [
    ['others.csv', csv(...others), 'applied'],
    ['preview.csv', csv(old.replace('EMP-1717', 'EMP-1718')), 'previewed', '&dryRun=true'],
    ['first.csv', csv(old, ...others), 'applied'],
    ['named.csv', csv(...named), 'applied'],
    ['taking.csv', csv(taking, ...others), 'applied'],
    ['second.csv', csv(renamed), 'applied'],
    ['third.csv', csv(now), 'applied'],
    ['comma.csv', csv(old).replaceAll(';', ','), 'rejected'],
    ['plain.csv', csv(...others).replaceAll(';', ','), 'rejected'],
    ['report of Adalberta Zundberg.csv', csv(...others), 'applied'],
    ['hidden.xlsx', await toXlsxByExceljs([users, notes]), 'applied'],
    ['sound.xlsx', await toXlsxByExceljs([users]), 'applied'],
    ['packed.bin', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(64, 3)]), 'rejected'],
  ];
  for (const [name, content, state, query] of files) {
    const job = await send(name, content, query);
    expect([name, job.state]).toEqual([name, state]);
    jobs[name] = job.id;
  }
  const rows = naming(await dump()).map((line) => line.split(' ')[0] ?? '');
  expect([...new Set(rows)].sort()).toEqual(
    ['claims', 'jobs', 'journal', 'manager_facts', 'planned_changes', 'row_chunks', 'row_results', 'users'].map((table) => `public.${table}`),
  );
});

describe('an erasure', () => {
  const erase = async (confirm: string): Promise<{ status: number; answer: Erasure & { code?: string; detail?: string } }> =>
    ask(`/v1/users/${(await person('EMP-1717'))!.id}?confirm=${encodeURIComponent(confirm)}`, { method: 'DELETE' });

  test.each(['', 'EMP-1', 'adalberta', 'emp-1717'])('is refused when %j confirms it', async (confirm) => {
    const before = await dump();
    const { status, answer } = await erase(confirm);
    expect([status, answer.code]).toEqual([400, confirm === '' ? 'requestInvalid' : 'erasureUnconfirmed']);
    expect(await dump()).toEqual(before);
  });

  test('waits until no open job names the person', async () => {
    const people = Array.from({ length: 40 }, (_, n) => `HELD-${n};P${n};Q;held.${n}@example.com;;;;;`);
    expect((await send('many.csv', csv(...people))).state).toBe('applied');
    const held = await send('held.csv', csv('EMP-1717;Adalberta;Zundek;a.zundek@example.com;;;;;'), '&mode=full');
    expect(held.state).toBe('held');
    const before = [await dump(), [...keptFiles().keys()]];
    const { status, answer } = await erase('EMP-1717');
    expect([status, answer.code, answer.detail]).toEqual([409, 'personInOpenJob', `Nobody was erased, since the person stands in the file of the job ${held.id}, which is held.`]);
    expect([await dump(), [...keptFiles().keys()]]).toEqual(before);
    expect((await run(['discard', held.id])).code).toBe(0);
    jobs['held.csv'] = held.id;
  });

  test('leaves no value of the person in any table or kept file, and every number of the jobs', async () => {
    const numbers = async () => (await ask<Page<Job>>('/v1/jobs?limit=100')).answer.items.map(({ id, state, counts, changes }) => ({ id, state, counts, changes }));
    const before = await numbers();
    const { status, answer } = await erase('EMP-1717');
    expect(status).toBe(200);
    expect(naming(await dump())).toEqual([]);
    expect(naming([...keptFiles().values()])).toEqual([]);
    const gone = ['preview.csv', 'first.csv', 'named.csv', 'taking.csv', 'second.csv', 'third.csv', 'comma.csv', 'report of Adalberta Zundberg.csv', 'hidden.xlsx', 'packed.bin', 'held.csv'];
    expect([...answer.files].sort()).toEqual(gone.map((name) => jobs[name]!).sort());
    const kept = [...keptFiles().keys()];
    for (const name of ['others.csv', 'plain.csv', 'sound.xlsx']) expect(kept).toContain(`${jobs[name]}.file`);
    for (const name of gone) expect(kept).not.toContain(`${jobs[name]}.file`);
    expect(await numbers()).toEqual(before);
    const { answer: events } = await ask<Page<{ kind: string; by: string; details: unknown }>>('/v1/events?kind=personErased');
    expect(events.items).toEqual([expect.objectContaining({ kind: 'personErased', by: 'first run: operator', details: { ...answer, files: gone.length } })]);
    expect(answer.journalEntries).toBeGreaterThan(3);
    // One in each of its files, also in the one that was refused and the one that was discarded.
    expect(answer.rowResults).toBe(5);
  });

  test('leaves the others as they are, and reports that can be read', async () => {
    expect(await person('EMP-3')).toMatchObject({ firstName: 'Ida', active: true });
    for (const id of Object.values(jobs)) {
      for (const format of ['json', 'csv']) expect((await run(['report', id, '--format', format])).code).toBe(0);
      expect((await run(['report', id, '--format', 'xlsx', '--output', join(folder, `${id}.xlsx`)])).code).toBe(0);
      expect((await run(['changes', id])).code).toBe(0);
    }
  });

  test('does not come back with a revert of what the person stood in', async () => {
    for (const name of ['third.csv', 'second.csv', 'first.csv']) {
      const { out } = await run(['revert', jobs[name]!, '--json']);
      expect([name, (JSON.parse(out) as Job).state]).toEqual([name, 'applied']);
    }
    expect(naming(await dump())).toEqual([]);
  });

  test('makes room for the same person, should a later file name them', async () => {
    const job = await send('later.csv', csv('EMP-1717;Adalberta;Zundek;a.zundek@example.com;+46 70 174 06 05;;;;'));
    expect([job.state, job.counts.created]).toEqual(['applied', 1]);
    expect(await person('EMP-1717')).toMatchObject({ lastName: 'Zundek' });
  });
});
