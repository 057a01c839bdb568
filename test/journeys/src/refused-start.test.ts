import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { seedExamples } from '@rosterport/fixtures';
import { call, directoryOf, finishedJob, read, uploadFile } from './product/https-client.ts';
import { embeddedServer, isOpen, processesOf, untilNothingRuns } from './product/processes.ts';
import { failToStart, newDataDir, removeDataDir, startProduct } from './product/product.ts';

const dataDirs: string[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  for (const dataDir of dataDirs.splice(0)) await removeDataDir(dataDir);
});

function dataFolder(): string {
  const dataDir = newDataDir();
  dataDirs.push(dataDir);
  return dataDir;
}

/** Listens on a port that is free, and gives it. */
async function takenPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const port = await takenPort();
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  return port;
}

/** Starts what must fail: with this exit code and these lines behind its log, and nothing that goes on. */
async function expectRefusal(
  { dataDir, env = {} }: { dataDir: string; env?: Readonly<Record<string, string>> },
  expected: { code: number; lines: readonly (string | RegExp)[] },
): Promise<void> {
  const { code, output } = await failToStart({ dataDir, env });
  const lines = output.slice(output.indexOf('rosterport: ')).trimEnd().split('\n');
  const matching = expected.lines.map((line) => expect.stringMatching(line) as unknown);
  expect({ code, lines }).toEqual({ code: expected.code, lines: matching });
  expect(output).not.toMatch(/^\s+at /m);
  await untilNothingRuns(dataDir);
}

describe('a start is refused in one sentence, with a hint, and leaves nothing running', () => {
  test('on ports that another program has', async () => {
    const dataDir = dataFolder();
    for (const [door, setting] of [['SFTP', 'ROSTERPORT_SFTP_PORT'], ['HTTPS', 'ROSTERPORT_HTTPS_PORT']] as const) {
      const port = await takenPort();
      await expectRefusal(
        { dataDir, env: { [setting]: String(port) } },
        { code: 6, lines: [`^rosterport: Port ${port} for ${door} is taken by another program\\.$`, `choose another port with ${setting}\\.$`] },
      );
    }
    const product = await startProduct({ dataDir });
    expect(await product.stop()).toBe(0);
  });

  test('on a data folder that cannot be written', async () => {
    const folder = dataFolder();
    const file = join(folder, 'file');
    await writeFile(file, 'somebody’s own');
    for (const dataDir of [file, join(file, 'below')]) {
      await expectRefusal({ dataDir }, { code: 3, lines: [`^rosterport: The data folder ${dataDir} cannot be written\\.$`, 'ROSTERPORT_DATA_DIR'] });
    }
    expect(await readFile(file, 'utf8')).toBe('somebody’s own');
  });

  test('on the data folder of a running one, which goes on', async () => {
    const product = await startProduct({ dataDir: dataFolder() });
    try {
      const { code, output } = await failToStart({ dataDir: product.dataDir });
      expect(code).toBe(6);
      expect(output).toMatch(
        new RegExp(`^rosterport: Another Rosterport \\(process ${product.process.pid}\\) runs on the data folder ${product.dataDir}\\.\nStop it first`, 'm'),
      );
      expect(output).not.toMatch(/^\s+at /m);
      expect(await call(product, { path: '/readyz' })).toMatchObject({ status: 200 });
    } finally {
      expect(await product.stop()).toBe(0);
    }
  });

  test('on a database that does not answer, without telling its password', async () => {
    const url = `postgres://somebody:pass-word-5f1c@127.0.0.1:${await closedPort()}/none`;
    const dataDir = dataFolder();
    await expectRefusal({ dataDir, env: { DATABASE_URL: url } }, { code: 5, lines: ['^rosterport: The database cannot be reached\\.$', 'DATABASE_URL is right'] });
    expect((await failToStart({ dataDir, env: { DATABASE_URL: url } })).output).not.toContain('pass-word-5f1c');
  });

  test('with settings that are wrong, all of them told at once', async () => {
    const env = {
      DATABASE_URL: 'mysql://root:pass-word-5f1c@db/none',
      ROSTERPORT_SFTP_PORT: '70000',
      ROSTERPORT_HTTPS_PORT: 'https',
      ROSTERPORT_SFPT_PORT: '22',
    };
    const lines = [
      '^rosterport: The settings cannot be used:$',
      '^ROSTERPORT_SFTP_PORT must be .*, not "70000"\\.$',
      '^ROSTERPORT_HTTPS_PORT must be .*, not "https"\\.$',
      /^DATABASE_URL must be (?!.*pass-word-5f1c).*\.$/,
      '^ROSTERPORT_SFPT_PORT is not a setting; the nearest one is ROSTERPORT_SFTP_PORT\\.$',
      'deploy/settings\\.example\\.env',
    ];
    await expectRefusal({ dataDir: dataFolder(), env }, { code: 2, lines });
  });
});

describe('after a SIGKILL the next start works at once', () => {
  const [, workbook] = seedExamples();

  test.each([
    ['of the process', false],
    ['of the process and of what would stop its database', true],
  ])('%s', async (_name, isOrphaned) => {
    const dataDir = dataFolder();
    const killed = await startProduct({ dataDir });
    const bytes = await readFile(workbook?.steps[0]?.path ?? '');
    const answer = await uploadFile(killed, { fileName: 'example.xlsx', bytes, path: '/v1/files' });
    const job = await finishedJob(killed, jobIdOf(answer.headers));
    const directory = await directoryOf(killed);
    const server = await embeddedServer(dataDir);

    const watchdogs = (await processesOf(dataDir)).filter(({ command }) => command.endsWith(`watchdog ${server?.pid}`));
    if (isOrphaned) for (const { pid } of watchdogs) process.kill(pid, 'SIGKILL');
    killed.process.kill('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');
    if (isOrphaned && process.platform === 'linux') {
      expect(watchdogs).toHaveLength(1);
      expect(await isOpen(server?.port ?? 0)).toBe(true);
    }

    const product = await startProduct({ dataDir });
    try {
      expect(await read(product, `/v1/jobs/${job.id}`)).toEqual(job);
      expect(await directoryOf(product)).toEqual(directory);
      expect(directory.users.length).toBeGreaterThan(0);
    } finally {
      expect(await product.stop()).toBe(0);
    }
    await untilNothingRuns(dataDir);
  });
});

function jobIdOf(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const location = String(headers['location']);
  return location.slice(location.lastIndexOf('/') + 1);
}
