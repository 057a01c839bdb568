import { existsSync } from 'node:fs';
import type { Client } from '../client.ts';
import { runCommand, runWell } from './run-command.ts';

/** Whether a client can be driven on this machine. */
export type Presence =
  | { readonly state: 'present'; readonly version: string }
  /** What of it is not installed. */
  | { readonly state: 'missing'; readonly what: readonly string[] }
  /** What the machine itself does not have; nothing that one installs. */
  | { readonly state: 'hindered'; readonly by: string };

/** Looks for a client on this machine. */
export async function presenceOf({ name, needs, surroundings, version }: Client): Promise<Presence> {
  const what = needs.filter((path) => !existsSync(path));
  if (what.length > 0) return { state: 'missing', what };
  if (surroundings !== undefined && (await runCommand(surroundings.command)).code !== 0) return { state: 'hindered', by: surroundings.name };
  const { out, err } = await runWell(version.command);
  const found = version.pattern.exec(`${out}\n${err}`)?.[1];
  if (found === undefined) throw new Error(`${name} tells no version: ${out} ${err}`);
  return { state: 'present', version: found };
}
