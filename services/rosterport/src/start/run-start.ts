import { Lifecycle, openLogger } from '@rosterport/runtime';
import { changedLimits } from '../door-settings.ts';
import type { Settings } from '../settings.ts';
import { firstRun, type FirstRun } from './first-run.ts';
import { startAll, type StartOptions } from './start-all.ts';
import { welcomeText } from './welcome.ts';

/** How the process tells that it is ready, and what it lets others watch. */
export interface RunOptions {
  /** One JSON object on standard output instead of a text. */
  readonly json: boolean;
  readonly onStep?: StartOptions['onStep'];
}

/** How long each part may take to come to its end. */
const closeWithinMs = 30_000;

/**
 * Runs everything in this process until a signal asks it to stop. The first Ctrl-C drains and stops everything, the database
 * too; a second one ends the process at once. Returns the exit code. What fails while starting is thrown, after all that was
 * opened is closed.
 */
export async function runStart(settings: Settings, options: RunOptions): Promise<number> {
  const secrets = [settings.databaseUrl, settings.token].flatMap((secret) => (secret === null ? [] : [secret.reveal()]));
  const log = openLogger({ level: settings.logLevel, secrets });
  const lifecycle = new Lifecycle({ log, closeWithinMs });
  const asked = signalled();
  try {
    const running = await startAll({ settings, log, lifecycle, ...(options.onStep === undefined ? {} : { onStep: options.onStep }) });
    const { sftpPort, httpsPort } = running;
    const first = await firstRun(running.database, settings.dataDir, { sftpPort, httpsPort });
    for (const token of tokensOf(first?.facts)) log.hide(token);
    const changed = changedLimits(settings);
    if (Object.keys(changed).length > 0) log.info('Some limits are not the usual ones', changed);
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ ready: true, sftpPort, httpsPort, dataDir: settings.dataDir })}\n`
        : welcomeText({ settings, running, first }),
    );
    const ended = await Promise.race([asked.then(() => 0), running.databaseEnded.then(() => 5)]);
    if (ended !== 0) log.error('The embedded database ended by itself; stopping');
    else log.info('Stopping');
    const well = await lifecycle.closeAll();
    return well ? ended : 70;
  } catch (error) {
    await lifecycle.closeAll();
    throw error;
  } finally {
    await log.close();
  }
}

function tokensOf(facts: FirstRun | undefined): readonly string[] {
  return [facts?.token, facts?.reportToken, facts?.operatorToken].filter((token) => token !== undefined);
}

/** One Ctrl-C reaches us twice when a package runner passes on what the terminal has sent to all; milliseconds. */
const sameWishMs = 1_000;

/** Resolves at the first wish to stop; a later second one ends the process without waiting. */
async function signalled(): Promise<void> {
  await new Promise<void>((resolve) => {
    let first: number | undefined;
    const wish = (): void => {
      first ??= performance.now();
      if (performance.now() - first > sameWishMs) process.kill(process.pid, 'SIGKILL');
      resolve();
    };
    process.on('SIGINT', wish);
    process.on('SIGTERM', wish);
  });
}
