import type { Result, Statement } from './result.ts';

/** A result for people: the main numbers, then where the time went. Ends with a line feed. */
export function resultTable(result: Result): string {
  const lines: Line[] = [
    ['case', result.case],
    ['rows', `${result.rows} (${(result.bytes / 2 ** 20).toFixed(1)} MiB), ${result.ids} ids, ${result.faulty} % with a fault`],
    ['pipeline', seconds(result.seconds)],
    ...parts(result.steps),
    ['floor', seconds(result.floorSeconds)],
    ...parts(result.floorSteps),
    ['ratio', result.ratio.toFixed(2)],
    ...processorTime(result),
    ['peak memory', `${result.peakRssMb.toFixed(0)} MiB`],
    ['staging', `${seconds(result.stagingSeconds)}, not counted`],
    ['runs', result.repeats === 1 ? '1' : `${result.repeats}, medians`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const table = lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
  return table + slowest(result.statements ?? []);
}

type Line = readonly [name: string, value: string];

function processorTime({ cpuSeconds, floorCpuSeconds, cpuRatio }: Result): readonly Line[] {
  if (Number.isNaN(cpuRatio)) return [];
  return [['processor time', `${seconds(cpuSeconds)}, of the floor ${seconds(floorCpuSeconds)}, ratio ${cpuRatio.toFixed(2)}`]];
}

function parts(steps: Readonly<Record<string, number>>): readonly Line[] {
  return Object.entries(steps).map(([name, value]) => [`  ${name}`, seconds(value)] as const);
}

function slowest(statements: readonly Statement[]): string {
  if (statements.length === 0) return '';
  const lines = statements.map(({ sql, runs, seconds: all }) => `${all.toFixed(3).padStart(9)} s  ${runs} x  ${sql}\n`);
  return `\nslowest statements\n${lines.join('')}`;
}

function seconds(value: number): string {
  return `${value.toFixed(3)} s`;
}
