import { readFile } from 'node:fs/promises';
import { guardCases, type GuardCase } from './guard-cases.ts';
import { isGoodEnough, ratioLine } from './judge-ratio.ts';

/** From the built program as from its source. */
const path = new URL('../../src/guard/ratios.json', import.meta.url);

const renewal = `A slower machine alone does not do this: both sides of a ratio ran on it. Measure the case by itself with \`npm run bench\`, on a
machine with nothing else to do, before and after the change. If the new ratio is meant, put it into test/bench/src/guard/ratios.json
and say why in the commit.
`;

/** The ratios that are committed, by the names of their cases. */
export async function committedRatios(): Promise<Readonly<Record<string, number>>> {
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, number>;
}

/** What the guard found. */
export interface GuardVerdict {
  readonly passed: boolean;
  /** A line for each case and, if one is worse than it may be, what to do. */
  readonly text: string;
}

/** Measures a small size of each case. One that is worse than twice the committed ratio is measured again before it counts. */
export async function guard(signal: AbortSignal): Promise<GuardVerdict> {
  const committed = await committedRatios();
  const lines: string[] = [];
  let passed = true;
  for (const one of guardCases) {
    const limit = committed[one.name] ?? Number.NaN;
    const measured = await measureTwice(one, limit, signal);
    passed &&= isGoodEnough(one.good, measured, limit);
    lines.push(ratioLine(one, measured, limit));
  }
  return { passed, text: `${lines.join('\n')}\n${passed ? '' : `\n${renewal}`}` };
}

async function measureTwice(one: GuardCase, committed: number, signal: AbortSignal): Promise<number> {
  const first = await one.measure(signal);
  return isGoodEnough(one.good, first, committed) ? first : one.measure(signal);
}
