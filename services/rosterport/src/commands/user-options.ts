import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { DirectoryApi } from '../client/directory-api.ts';

/** The values of a person as they are typed. */
export interface UserOptions {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly language?: string;
  readonly manager?: boolean;
  readonly active?: boolean;
  readonly administrator?: boolean;
  readonly attribute?: Readonly<Record<string, string | null>>;
  /** `false` with `--no-groups`. */
  readonly group?: readonly string[];
  readonly groups?: boolean;
}

/** How records are named, for `--help`. */
export const recordNotes = 'People and groups are named by their external id or, as those that were made by hand have none, by id: and the id, as in id:17.';

/** Declares the values of a person. */
export function declareUser(command: Command): Command {
  return command
    .option('--first-name <text>', 'the first name')
    .option('--last-name <text>', 'the last name')
    .option('--email <address>', 'the e-mail; empty to remove it')
    .option('--phone <number>', 'the phone with its country code; empty to remove it')
    .option('--language <tag>', 'the language, such as sv or en-GB; empty to remove it')
    .option('--manager', 'is a manager')
    .option('--no-manager', 'is none')
    .option('--active', 'is active')
    .option('--no-active', 'is inactive, and stays so when a file names the person')
    .option('--administrator', 'is never deactivated because a full file leaves the person out')
    .option('--no-administrator', 'is deactivated like others')
    .option('--attribute <name=value>', 'an attribute, once for each; nothing behind the = removes it', readAttribute)
    .option('--group <group>', 'a group, once for each: the person gets exactly these', gather)
    .option('--no-groups', 'in no group');
}

/** What is typed as the body of a request; the groups are looked up. */
export async function userBody(api: DirectoryApi, options: UserOptions): Promise<Readonly<Record<string, unknown>>> {
  const { firstName, lastName, email, phone, language, manager, active, administrator, attribute, group, groups } = options;
  const ids = group === undefined ? (groups === false ? [] : undefined) : await idsOf(api, group);
  const texts = Object.entries({ email, phone, language }).map(([name, text]) => [name, text === '' ? null : text] as const);
  const values = { firstName, lastName, ...Object.fromEntries(texts), isManager: manager, active, administrator, attributes: attribute, groups: ids };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

async function idsOf(api: DirectoryApi, names: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push((await api.group(name)).id);
  return ids;
}

function gather(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function readAttribute(text: string, before: UserOptions['attribute'] = {}): NonNullable<UserOptions['attribute']> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It must be a name, a = and a value.');
  return Object.fromEntries([...Object.entries(before), [name, value === '' ? null : value]]);
}
