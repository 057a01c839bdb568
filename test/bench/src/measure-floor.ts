import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { withClient, type Pool, type PoolClient } from '@rosterport/database';
import { from as copyFrom } from 'pg-copy-streams';
import { settle, type BenchServer } from './bench-server.ts';
import type { InputFiles } from './input-files.ts';
import { serverCpuSeconds } from './server-cpu.ts';

/** How long the least took that a database must do with the rows. */
export interface FloorTimes {
  readonly seconds: number;
  /** Processor time of the server, and ours for piping the file. */
  readonly cpuSeconds: number;
  readonly steps: { readonly copy: number; readonly insert: number };
}

/**
 * COPY of the raw file into a bare text table, then one INSERT … ON CONFLICT DO UPDATE into a text table whose key is the
 * external id, each committed by itself. Where the directory holds people before, that table holds their rows. Fails when the
 * table has not the rows of the file afterwards.
 */
export async function measureFloor(server: BenchServer, files: InputFiles, rows: number): Promise<FloorTimes> {
  return server.withDatabase(async (database) => {
    const columns = await countColumns(files.measured);
    const load = (file: string): Promise<Steps> => withClient(database, (client) => loadFile(client, file, columns));
    await database.pool.query(tables(columns));
    if (files.before !== null) {
      await load(files.before);
      await database.pool.query('truncate bare');
    }
    await settle(database);
    const before = [await serverCpuSeconds(server.pid), process.cpuUsage()] as const;
    const steps = await load(files.measured);
    const { user, system } = process.cpuUsage(before[1]);
    const cpuSeconds = (await serverCpuSeconds(server.pid)) - before[0] + (user + system) / 1e6;
    await checkRows(database.pool, rows);
    return { seconds: steps.copy + steps.insert, cpuSeconds, steps };
  });
}

type Steps = FloorTimes['steps'];

async function loadFile(client: PoolClient, file: string, columns: number): Promise<Steps> {
  const begun = performance.now();
  const target = client.query(copyFrom(`copy bare from stdin with (format csv, header, delimiter ';')`));
  await pipeline(createReadStream(file, { highWaterMark: 65_536 }), target);
  const copied = performance.now();
  await client.query(upsert(columns));
  const ended = performance.now();
  return { copy: (copied - begun) / 1_000, insert: (ended - copied) / 1_000 };
}

function tables(columns: number): string {
  const list = names(columns).map((name) => `${name} text`);
  return `create table bare (${list.join(', ')});
    create table people (${list.join(', ')}, primary key (c1))`;
}

function upsert(columns: number): string {
  const [, ...others] = names(columns);
  return `insert into people select * from bare
    on conflict (c1) do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

function names(columns: number): readonly string[] {
  return Array.from({ length: columns }, (_, index) => `c${index + 1}`);
}

/** No header of a generated file is quoted. */
async function countColumns(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0);
    return (buffer.toString('utf8', 0, bytesRead).split('\n', 1)[0] ?? '').split(';').length;
  } finally {
    await file.close();
  }
}

async function checkRows(pool: Pool, expected: number): Promise<void> {
  const { rows } = await pool.query<{ people: number }>('select count(*)::int as people from people');
  if (rows[0]?.people !== expected) {
    throw new Error(`The floor's table holds ${rows[0]?.people ?? 0} rows instead of ${expected}.`);
  }
}
