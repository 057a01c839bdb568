import type { Command } from 'commander';
import type { DirectoryApi } from '../client/directory-api.ts';

/** The values of a group as they are typed. */
export interface GroupOptions {
  readonly name?: string;
  readonly description?: string;
  /** `false` with `--no-parent`. */
  readonly parent?: string | false;
}

/** Declares the values of a group. */
export function declareGroup(command: Command): Command {
  return command
    .option('--name <text>', 'the name')
    .option('--description <text>', 'the description; empty to remove it')
    .option('--parent <group>', 'the group above')
    .option('--no-parent', 'no group above');
}

/** What is typed as the body of a request; the parent is looked up. */
export async function groupBody(api: DirectoryApi, { name, description, parent }: GroupOptions): Promise<Readonly<Record<string, unknown>>> {
  const above = typeof parent === 'string' ? (await api.group(parent)).id : parent === false ? null : undefined;
  const values = { name, description: description === '' ? null : description, parent: above };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
