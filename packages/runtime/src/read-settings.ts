import { Failure } from '@rosterport/domain';
import { nearestName } from './nearest-name.ts';
import type { Setting, SettingFields } from './setting.ts';

/** The variables of a process by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads all settings at once. A variable that is absent or empty takes its default. `together` judges settings that read
 * well one by one and returns a sentence a problem. The result is frozen.
 *
 * Fails with `settingsInvalid`, whose message has one line a problem: every value that cannot be read, every one that
 * is missing, and every `ROSTERPORT_*` variable that nobody knows. Secrets and URLs are never repeated in it.
 */
export function readSettings<T extends object>(
  environment: Environment,
  fields: SettingFields<T>,
  together: (settings: T) => readonly string[] = () => [],
): T {
  const problems: string[] = [];
  const entries = Object.entries<Setting<unknown>>(fields);
  const values = entries.map(([key, setting]) => [key, readOne(environment[setting.name], setting, problems)] as const);
  problems.push(...unknownVariables(environment, entries.map(([, setting]) => setting.name)));
  const settings = Object.freeze(Object.fromEntries(values)) as T;
  if (problems.length === 0) problems.push(...together(settings));
  if (problems.length > 0) throw new Failure('settingsInvalid', { values: { problems: problems.join('\n') } });
  return settings;
}

function readOne(given: string | undefined, setting: Setting<unknown>, problems: string[]): unknown {
  const text = given === undefined || given.trim() === '' ? setting.default : given;
  if (text === undefined || text === '') {
    if (setting.absent !== undefined) return setting.absent.value;
    problems.push(`${setting.name} must be set.`);
    return undefined;
  }
  const reading = setting.read(text);
  if (reading.ok) return reading.value;
  problems.push(`${setting.name} must be ${reading.expected}${setting.quiet ? '' : `, not ${JSON.stringify(text)}`}.`);
  return undefined;
}

function unknownVariables(environment: Environment, known: readonly string[]): readonly string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('ROSTERPORT_') && !known.includes(name))
    .filter((name) => !madeByKubernetes(name, environment[name] ?? ''))
    .sort()
    .map((name) => {
      const nearest = nearestName(name, known.filter((other) => other.startsWith('ROSTERPORT_')));
      return `${name} is not a setting${nearest === null ? '' : `; the nearest one is ${nearest}`}.`;
    });
}

/** Kubernetes gives every container the addresses of the services around it; one named `rosterport` is no misspelling. */
function madeByKubernetes(name: string, value: string): boolean {
  return /_SERVICE_HOST$|_SERVICE_PORT(_\w+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name) ||
    (name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value));
}
