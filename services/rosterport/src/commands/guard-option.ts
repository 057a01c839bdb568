import { guardNames, isGuardName, type GuardLimits } from '@rosterport/domain';
import { InvalidArgumentError } from 'commander';

const switches: readonly string[] = ['swappedIds', 'renamedIds', 'olderFile', 'unreadableIds', 'missingLineEnd'];

/**
 * Reads one `--guard`, such as `updates=75%`, `deactivations=10%,5`, `swappedIds=on` or `updates=off`, to what earlier ones
 * said.
 */
export function readGuard(text: string, before: Partial<GuardLimits> = {}): Partial<GuardLimits> {
  const [, name = '', limit = ''] = /^(\w+)=(.+)$/.exec(text) ?? [];
  if (!isGuardName(name)) throw new InvalidArgumentError(`It must be name=limit, with one of ${guardNames.join(', ')}.`);
  return { ...before, [name]: limitOf(name, limit) };
}

function limitOf(name: string, limit: string): unknown {
  if (switches.includes(name)) {
    if (limit === 'on' || limit === 'off') return limit === 'on';
    throw new InvalidArgumentError(`It must be ${name}=on or ${name}=off.`);
  }
  if (limit === 'off') return null;
  const [, percent, people] = /^(\d+(?:\.\d+)?)%(?:,(\d+))?$/.exec(limit) ?? [];
  const needsPeople = name === 'deactivations';
  if (percent === undefined || (people !== undefined) !== needsPeople) {
    throw new InvalidArgumentError(needsPeople ? 'It must be a share and a number of people, such as deactivations=10%,5, or off.' : `It must be a share, such as ${name}=75%, or off.`);
  }
  // Tenths of a per cent and the like are given in decimals, which a division would spoil.
  const share = Number((Number(percent) / 100).toFixed(6));
  return needsPeople ? { share, people: Number(people) } : { share };
}
