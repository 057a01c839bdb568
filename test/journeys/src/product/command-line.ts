import { fileURLToPath } from 'node:url';
import { runProgram, type Outcome, type Surroundings } from './run-program.ts';

const bin = fileURLToPath(new URL('../../../../services/rosterport/bin/rosterport.mjs', import.meta.url));

/** Runs the command line on the data folder, as its operator does. */
export function rosterport(dataDir: string, typed: readonly string[], { env, ...rest }: Surroundings = {}): Promise<Outcome> {
  const ports = { ROSTERPORT_SFTP_PORT: '0', ROSTERPORT_HTTPS_PORT: '0' };
  return runProgram(process.execPath, [bin, ...typed], { ...rest, env: { ROSTERPORT_DATA_DIR: dataDir, ...ports, ...env } });
}

/** What a command prints with `--json`. Throws with what it said when it fails. */
export async function rosterportJson<Value>(dataDir: string, typed: readonly string[], env: Surroundings['env'] = {}): Promise<Value> {
  const { code, out, err } = await rosterport(dataDir, [...typed, '--json'], { env });
  if (code !== 0) throw new Error(`rosterport ${typed.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as Value;
}
