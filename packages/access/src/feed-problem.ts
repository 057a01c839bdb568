import { guardNames, type FeedPolicy, type GuardLimits, type GuardName, type Mode } from '@rosterport/domain';

import { clearTokenProblem } from './clear-token-problem.ts';
import { expectedFileProblem } from './expected-file-problem.ts';

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
};

const simpleName = /^[a-z][a-z0-9-]{0,31}$/;
const nameRule = 'has 1 to 32 lower-case letters, digits and hyphens, a letter first';

/** Why the feed cannot be like that, as a clause without a full stop; `null` when it can. Nothing is taken on trust. */
export function feedProblem({ name, source, mode, policy }: FeedChoices): string | null {
  if (!simpleName.test(name)) return `the name of a feed ${nameRule}`;
  if (!simpleName.test(source)) return `the name of a source ${nameRule}`;
  if (!['delta', 'full'].includes(mode)) return 'the mode is delta or full';
  for (const [key, values] of Object.entries(choices)) {
    if (!values.includes(policy[key as keyof FeedPolicy] as string)) return `${key} is one of ${values.join(', ')}`;
  }
  return (
    clearTokenProblem(policy.clearToken) ??
    guardsProblem(policy.guards) ??
    (policy.expected === null ? null : expectedFileProblem(policy.expected)) ??
    languageProblem(policy.emailLanguage)
  );
}

function guardsProblem(limits: GuardLimits): string | null {
  const unknown = Object.keys(limits).find((name) => !(guardNames as readonly string[]).includes(name));
  if (unknown !== undefined) return `there is no guard ${unknown.slice(0, 40)}`;
  return guardNames.map((name) => limitProblem(name, limits[name])).find((problem) => problem !== null) ?? null;
}

const switches: readonly GuardName[] = ['swappedIds', 'renamedIds', 'olderFile', 'unreadableIds', 'missingLineEnd'];

function limitProblem(name: GuardName, limit: unknown): string | null {
  if (switches.includes(name)) return typeof limit === 'boolean' ? null : `the guard ${name} is on or off`;
  if (limit === null) return null;
  const { share, people, ...rest } = (typeof limit === 'object' ? limit : {}) as Record<string, unknown>;
  const isShare = typeof share === 'number' && share >= 0 && share <= 1;
  if (!isShare || Object.keys(rest).length > 0) return `the guard ${name} has a share between 0 and 1, or is off`;
  if (name !== 'deactivations') return people === undefined ? null : `the guard ${name} has a share alone`;
  const isCount = Number.isSafeInteger(people) && (people as number) >= 0;
  return isCount ? null : 'the guard deactivations has a number of people besides its share, 0 or more';
}

function languageProblem(language: string): string | null {
  const problem = 'the e-mail language is a BCP 47 tag such as en or sv-SE';
  // The parser takes any word of up to eight letters for a language; those that are in use have two or three.
  if (typeof language !== 'string' || !/^[a-z]{2,3}(?:-|$)/i.test(language)) return problem;
  try {
    const [canonical] = Intl.getCanonicalLocales(language);
    return canonical === language ? null : `${problem}; it is written ${canonical ?? 'otherwise'}`;
  } catch {
    return problem;
  }
}
