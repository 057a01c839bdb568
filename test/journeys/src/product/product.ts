import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What `first-run.json` says. */
export interface FirstRunFacts {
  readonly tenant: string;
  readonly sftpUser: string;
  readonly token: string;
  readonly reportToken: string;
  readonly sftpPort: number;
  readonly httpsPort: number;
}

/** A running product, built and started as a process of its own, on a data folder of its own. */
export interface Product {
  readonly dataDir: string;
  readonly facts: FirstRunFacts;
  /** The self-signed certificate. */
  readonly ca: string;
  readonly process: ChildProcess;
  /** Everything that the process wrote to its log so far. */
  log(): string;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Ctrl-C. */
  stop(): Promise<number | string>;
}

/** How to start it. */
export interface StartOptions {
  /** An earlier data folder; a new one otherwise. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A script that starts the product in another way, by its path. */
  readonly script?: string;
}

const main = fileURLToPath(new URL('../../../../services/rosterport/dist/main.js', import.meta.url));

/** Makes an empty folder below the temporary one; it is reachable for its owner alone. */
export function newDataDir(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), 'rosterport-journey-'));
}

/** Removes a data folder. */
export async function removeDataDir(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
}

/** Starts the product and waits until both doors are open. Throws with its log when it ends before. */
export async function startProduct(options: StartOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? newDataDir();
  const child = spawnProduct(dataDir, options);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => code ?? signal ?? 'unknown');
  await Promise.race([
    readyLine(child),
    ended.then((code) => {
      throw new Error(`The product ended with ${code}:\n${log}`);
    }),
  ]);
  return {
    ...{ dataDir, process: child, ended, log: () => log },
    facts: JSON.parse(await readFile(join(dataDir, 'first-run.json'), 'utf8')) as FirstRunFacts,
    ca: await readFile(join(dataDir, 'tls', 'https.crt'), 'utf8'),
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** Starts the product and gives its exit code and what it wrote, for starts that must fail. */
export async function failToStart(options: StartOptions & { dataDir: string }): Promise<{ code: number | string; output: string }> {
  const child = spawnProduct(options.dataDir, options);
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stdout.resume();
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return { code: code ?? signal ?? 'unknown', output };
}

function spawnProduct(dataDir: string, { env, script }: StartOptions) {
  const path = process.env['PATH'] ?? '';
  const settings = { ROSTERPORT_DATA_DIR: dataDir, ROSTERPORT_SFTP_PORT: '0', ROSTERPORT_HTTPS_PORT: '0', ROSTERPORT_HOST: '127.0.0.1' };
  return spawn(process.execPath, [script ?? main, 'start', '--json'], {
    env: { PATH: path, HOME: dataDir, ...settings, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function readyLine(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new TypeError('The output of the product is not piped.');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"ready":true')) {
      child.stdout.resume();
      return;
    }
  }
  // The output ended; the race ends by the exit code.
  await new Promise<never>(() => undefined);
}
