import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** What `first-run.json` says. */
export interface FirstRunFacts {
  readonly tenant: string;
  readonly sftpUser: string;
  readonly token: string;
  readonly reportToken: string;
  readonly operatorToken: string;
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
  /** Everything that the process wrote to its log so far; all of it once `stop` has resolved. */
  log(): string;
  /** Everything that it printed so far. */
  printed(): string;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Ctrl-C, or what a service manager sends. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<number | string>;
}

/** How to start it. */
export interface StartOptions {
  /** An earlier data folder; a new one otherwise. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A script that starts the product in another way, by its path. */
  readonly script?: string;
  /** True for the text that a person reads, instead of JSON. */
  readonly asText?: boolean;
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
  const log = collected(child.stderr);
  const printed = collected(child.stdout);
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => code ?? signal ?? 'unknown');
  await Promise.race([
    untilReady(child, printed.text),
    ended.then((code) => {
      throw new Error(`The product ended with ${code}:\n${log.text()}`);
    }),
  ]);
  return {
    ...{ dataDir, process: child, ended, log: log.text, printed: printed.text },
    facts: JSON.parse(await readFile(join(dataDir, 'first-run.json'), 'utf8')) as FirstRunFacts,
    ca: await readFile(join(dataDir, 'tls', 'https.crt'), 'utf8'),
    stop: async (signal = 'SIGINT') => {
      child.kill(signal);
      const code = await ended;
      await log.whole;
      return code;
    },
  };
}

/** Starts the product and gives its exit code and what it wrote, for starts that must fail. */
export async function failToStart(options: StartOptions & { dataDir: string }): Promise<{ code: number | string; output: string }> {
  const child = spawnProduct(options.dataDir, options);
  const output = collected(child.stderr);
  child.stdout.resume();
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  await output.whole;
  return { code: code ?? signal ?? 'unknown', output: output.text() };
}

function spawnProduct(dataDir: string, { env, script, asText = false }: StartOptions) {
  const path = process.env['PATH'] ?? '';
  const settings = { ROSTERPORT_DATA_DIR: dataDir, ROSTERPORT_SFTP_PORT: '0', ROSTERPORT_HTTPS_PORT: '0', ROSTERPORT_HOST: '127.0.0.1' };
  return spawn(process.execPath, [script ?? main, 'start', ...(asText ? [] : ['--json'])], {
    env: { PATH: path, HOME: dataDir, ...settings, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a stream says, and a promise for its end. */
function collected(stream: Readable): { readonly text: () => string; readonly whole: Promise<unknown> } {
  let text = '';
  stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  return { text: () => text, whole: once(stream, 'close') };
}

/** Resolves when the last words of a start were printed; never when the output ends before. */
function untilReady(child: ReturnType<typeof spawnProduct>, printed: () => string): Promise<void> {
  return new Promise((resolve) => {
    child.stdout.on('data', () => {
      if (/"ready":true|Press Ctrl-C/.test(printed())) resolve();
    });
  });
}
