import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addKey } from '@rosterport/access';
import type { Command } from '../client.ts';
import { documentedLines, type DocumentedLines } from '../customer-lines.ts';
import { runOptions } from '../run-options.ts';
import { settledJobs } from '../scene/ledger.ts';
import { writePeople } from '../scene/people-file.ts';
import { runCommand } from '../scene/run-command.ts';
import { shellFor } from '../scene/shell.ts';
import { openStage, type Account, type Stage } from '../scene/stage.ts';

const blocks = documentedLines(await readFile(new URL('../../../../docs/sftp.md', import.meta.url), 'utf8'));

let stage: Stage;
let account: Account;
let folder: string;
let env: Readonly<Record<string, string>>;
let jobs = 0;

beforeAll(async () => {
  stage = await openStage([]);
  account = await stage.account('acme');
  folder = await stage.folder('customer');
  env = await shellFor(stage, account, folder);
});
afterAll(() => stage.close());

// A reader who follows the page from its top to its end makes the key before it is used.
const inOrder = [...blocks].sort((one, other) => Number(other.text.includes('-f hr_key')) - Number(one.text.includes('-f hr_key')));

test('the page has lines for the clients that are named in it', () => {
  const text = blocks.map((block) => block.text).join('\n');
  for (const program of ['sftp', 'scp', 'lftp', 'curl', 'rclone', 'paramiko']) expect(text).toContain(program);
});

test.each(inOrder)('line $line of docs/sftp.md: $text', async (block) => {
  const missing = block.programs.filter((path) => !existsSync(path));
  if (missing.length > 0) {
    // Elsewhere than in CI a client may be missing, and this test says nothing of it.
    expect(runOptions().requireAll).toBe(false);
    return;
  }
  await prepare(block);
  const outcome = await runCommand(commandOf(block));
  expect(outcome).toMatchObject({ code: 0 });
  jobs += block.jobs;
  const found = await settledJobs(stage.database, account.tenantId, jobs);
  expect(found).toHaveLength(jobs);
  expect(found.slice(jobs - block.jobs).map(({ state }) => state)).toEqual(Array.from({ length: block.jobs }, () => 'applied'));
  if (block.text.includes('receipts')) expect(await runCommand(inFolder('ls users.csv.*.json'))).toMatchObject({ code: 0 });
  await registerKey();
});

/** Every block sends other people, so that no guard holds a file. */
async function prepare({ line }: DocumentedLines): Promise<void> {
  await stage.folder('customer/outbox');
  const about = `acme-${line}`;
  for (const name of ['users.csv', 'outbox/one.csv', 'outbox/two.csv']) {
    await writePeople(join(folder, name), { about: `${about}-${name.replace(/\W/g, '')}`, rows: 2 });
  }
}

function commandOf({ language, text }: DocumentedLines): Command {
  const port = String(stage.product.facts.sftpPort);
  const here = text.replaceAll('sftp.example.com', '127.0.0.1').replaceAll('2222', port);
  return language === 'sh' ? inFolder(here) : { file: '/bin/sh', args: ['-c', 'cd "$FOLDER" && exec /usr/bin/python3 -'], env, input: here };
}

function inFolder(text: string): Command {
  return { file: '/bin/bash', args: ['-e', '-o', 'pipefail', '-c', `cd "$FOLDER"\n${text}`], env };
}

/** What the operator does with the key of a customer. */
async function registerKey(): Promise<void> {
  const path = join(folder, 'hr_key.pub');
  if (!existsSync(path)) return;
  const publicKey = await readFile(path, 'utf8');
  await addKey(stage.database, { tenantId: account.tenantId, name: 'HR export', scopes: ['upload'], publicKey });
  await rm(path);
}
