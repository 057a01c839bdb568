import { Failure, guardNames, mostCloseWaits, type FeedPolicy, type FieldProblem, type GuardLimits, type GuardName, type Mode } from '@rosterport/domain';

import { clearTokenProblem } from './clear-token-problem.ts';
import { expectedFileProblems } from './expected-file-problem.ts';

/** What of a feed is chosen by people. */
export interface FeedChoices {
  readonly name: string;
  readonly source: string;
  readonly mode: Mode;
  readonly policy: FeedPolicy;
}

const choices: Readonly<Partial<Record<keyof FeedPolicy, readonly string[]>>> = {
  unknownGroup: ['create', 'skip', 'reject'],
  unknownAttribute: ['create', 'strict'],
  rowError: ['skipRow', 'rejectFile'],
  laterFiles: ['wait', 'supersede'],
  sameName: ['queue', 'supersede'],
  sidecar: ['none', 'done', 'sha256'],
};

const simpleName = /^[a-z][a-z0-9-]{0,31}$/;
const nameRule = 'has 1 to 32 lower-case letters, digits and hyphens, a letter first';

/** Everything because of which the feed cannot be like that, by the field of the setting. Nothing is taken on trust. */
export function feedProblems({ name, source, mode, policy }: FeedChoices): readonly FieldProblem[] {
  const chosen = Object.entries(choices).map(([key, values]) => {
    const isOne = values.includes(policy[key as keyof FeedPolicy] as string);
    return problem(`policy.${key}`, isOne ? null : `${key} is one of ${values.join(', ')}`);
  });
  return [
    ...problem('name', simpleName.test(name) ? null : `the name of a feed ${nameRule}`),
    ...problem('source', source === name || simpleName.test(source) ? null : `the name of a source ${nameRule}`),
    ...problem('mode', ['delta', 'full'].includes(mode) ? null : 'mode is one of delta, full'),
    ...chosen.flat(),
    ...problem('policy.clearToken', clearTokenProblem(policy.clearToken)),
    ...problem('policy.closeWaits', closeWaitsProblem(policy.closeWaits)),
    ...guardProblems(policy.guards),
    ...(policy.expected === null ? [] : expectedFileProblems(policy.expected)),
    ...problem('policy.emailLanguage', languageProblem(policy.emailLanguage)),
  ];
}

/** Fails with `feedInvalid`, which names every problem, when the feed cannot be like that. */
export function requireSoundFeed(choices: FeedChoices): void {
  const problems = feedProblems(choices);
  if (problems.length === 0) return;
  throw new Failure('feedInvalid', { values: { problem: problems.map((one) => one.problem).join('; ') }, problems });
}

function problem(field: string, found: string | null): readonly FieldProblem[] {
  return found === null ? [] : [{ field, problem: found }];
}

function closeWaitsProblem(seconds: unknown): string | null {
  const isFit = Number.isSafeInteger(seconds) && (seconds as number) >= 0 && (seconds as number) <= mostCloseWaits;
  return isFit ? null : `closeWaits is a whole number of seconds from 0 to ${mostCloseWaits}`;
}

function guardProblems(limits: GuardLimits): readonly FieldProblem[] {
  const unknown = Object.keys(limits).filter((name) => !(guardNames as readonly string[]).includes(name));
  return [
    ...unknown.flatMap((name) => problem('policy.guards', `there is no guard ${name.slice(0, 40)}; there are ${guardNames.join(', ')}`)),
    ...guardNames.flatMap((name) => problem(`policy.guards.${name}`, limitProblem(name, limits[name]))),
  ];
}

const switches: readonly GuardName[] = ['swappedIds', 'renamedIds', 'olderFile', 'unreadableIds', 'missingLineEnd'];

function limitProblem(name: GuardName, limit: unknown): string | null {
  if (switches.includes(name)) return typeof limit === 'boolean' ? null : `the guard ${name} is on or off`;
  if (limit === null) return null;
  const { share, people, ...rest } = (typeof limit === 'object' ? limit : {}) as Record<string, unknown>;
  const isShare = typeof share === 'number' && share >= 0 && share <= 1;
  if (!isShare || Object.keys(rest).length > 0) return `the guard ${name} has a share between 0 and 1 (0 % and 100 %), or is off`;
  if (name !== 'deactivations') return people === undefined ? null : `the guard ${name} has a share alone`;
  const isCount = Number.isSafeInteger(people) && (people as number) >= 0;
  return isCount ? null : 'the guard deactivations has a number of people besides its share, 0 or more';
}

function languageProblem(language: string): string | null {
  const rule = 'the e-mail language is a BCP 47 tag such as en or sv-SE';
  // The parser takes any word of up to eight letters for a language; those that are in use have two or three.
  if (typeof language !== 'string' || !/^[a-z]{2,3}(?:-|$)/i.test(language)) return rule;
  try {
    const [canonical] = Intl.getCanonicalLocales(language);
    return canonical === language ? null : `${rule}; it is written ${canonical ?? 'otherwise'}`;
  } catch {
    return rule;
  }
}
