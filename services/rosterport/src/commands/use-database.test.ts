import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runningEmbedded, startEmbedded } from '@rosterport/database';
import { lockFileName, lockFolder } from '@rosterport/runtime';
import { temporaryFolder } from '@rosterport/testing';
import { typeCommand } from './testing/type-command.ts';

const folder = temporaryFolder();
const env = { ROSTERPORT_DATA_DIR: folder };
const postgres = join(folder, 'postgres');

test('the embedded server is started for a command and stopped after it; one that runs is used and left running', async () => {
  expect(await typeCommand(['tenant', 'add', 'acme'], { env })).toMatchObject({ code: 0, err: '' });
  expect(await runningEmbedded(postgres)).toBeNull();
  expect(existsSync(join(folder, lockFileName))).toBe(false);

  const lock = await lockFolder(folder);
  const server = await startEmbedded({ folder: postgres, log: () => undefined });
  expect((await typeCommand(['tenant', 'list'], { env })).out).toContain('acme');
  expect(await runningEmbedded(postgres)).toBe(server.url);
  await server.stop();
  await lock.release();

  const both = await Promise.all(['beta', 'gamma'].map((name) => typeCommand(['tenant', 'add', name], { env })));
  for (const { code, err } of both) expect([code, err.includes('database cannot be reached')]).toEqual([code === 0 ? 0 : 5, code !== 0]);
  expect(both.some(({ code }) => code === 0)).toBe(true);
}, 120_000);
