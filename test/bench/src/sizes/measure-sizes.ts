import { measureIngest } from '../ingest.ts';
import type { Result } from '../result.ts';
import type { SizesBenchOptions, SizesResult } from './sizes-result.ts';

/** The number of rows from which on memory is counted by the row. */
const million = 1_000_000;

/** Measures files of several sizes, one after the other, each on a server of its own. */
export async function measureSizes({ sizes, ...options }: SizesBenchOptions, signal: AbortSignal): Promise<SizesResult> {
  const results: Result[] = [];
  for (const rows of sizes) results.push(await measureIngest({ ...options, rows, statements: 0 }, signal));
  return compareSizes(results);
}

/** Tells what a row costs in each of the results, beside the first of them. */
export function compareSizes(results: readonly Result[]): SizesResult {
  const [first] = results;
  const atMillion = results.find(({ rows }) => rows === million);
  return {
    sizes: results.map((result) => ({
      ...result,
      microsecondsPerRow: (result.cpuSeconds / result.rows) * 1e6,
      cost: result.seconds / result.rows / ((first?.seconds ?? Number.NaN) / (first?.rows ?? Number.NaN)),
      cpuCost: result.cpuSeconds / result.rows / ((first?.cpuSeconds ?? Number.NaN) / (first?.rows ?? Number.NaN)),
      bytesBeyond:
        atMillion === undefined || result.rows <= million ? null : ((result.peakRssMb - atMillion.peakRssMb) * 2 ** 20) / (result.rows - million),
    })),
  };
}
