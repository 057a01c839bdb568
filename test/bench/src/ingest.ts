import { onBenchServer } from './bench-server.ts';
import { writeInputFiles } from './input-files.ts';
import { measureFloor, type FloorTimes } from './measure-floor.ts';
import { measurePipeline, type PipelineTimes } from './measure-pipeline.ts';
import { median, medians } from './median.ts';
import type { IngestOptions, Result } from './result.ts';

/**
 * Measures the way of one file through the pipeline against the floor, in turns and on one server. Leaves no file, process or
 * database behind, also when the signal ends it early; then it rejects.
 */
export async function measureIngest(options: IngestOptions, signal: AbortSignal): Promise<Result> {
  return onBenchServer(signal, async (server) => {
    const files = await writeInputFiles(server.folder, options, signal);
    const bounds = { signal, patienceSeconds: 300 + options.rows / 500 };
    const pipelines: PipelineTimes[] = [];
    const floors: FloorTimes[] = [];
    for (let run = 0; run < options.repeats; run += 1) {
      const turns = [
        async () => floors.push(await measureFloor(server, files, options.rows)),
        async () => pipelines.push(await measurePipeline({ server, files, options, bounds })),
      ];
      for (const turn of run % 2 === 0 ? turns : turns.reverse()) {
        signal.throwIfAborted();
        await turn();
      }
    }
    return resultOf({ options, bytes: files.bytes, pipelines, floors });
  });
}

function resultOf(measured: {
  readonly options: IngestOptions;
  readonly bytes: number;
  readonly pipelines: readonly PipelineTimes[];
  readonly floors: readonly FloorTimes[];
}): Result {
  const { options, bytes, pipelines, floors } = measured;
  type Times = 'seconds' | 'cpuSeconds';
  const middle = (runs: readonly Readonly<Record<Times, number>>[], name: Times): number => rounded(median(runs.map((run) => run[name])));
  const ratioOf = (name: Times): number => rounded(median(pipelines.map((run, at) => run[name] / (floors[at]?.[name] ?? Number.NaN))));
  return {
    ...{ case: options.case, ids: options.ids, faulty: options.faulty, rows: options.rows },
    ...{ seconds: middle(pipelines, 'seconds'), floorSeconds: middle(floors, 'seconds'), ratio: ratioOf('seconds') },
    ...{ cpuSeconds: middle(pipelines, 'cpuSeconds'), floorCpuSeconds: middle(floors, 'cpuSeconds'), cpuRatio: ratioOf('cpuSeconds') },
    peakRssMb: Math.round(Math.max(...pipelines.map(({ peakRssMb }) => peakRssMb))),
    repeats: options.repeats,
    stagingSeconds: rounded(median(pipelines.map(({ stagingSeconds }) => stagingSeconds))),
    bytes,
    steps: allRounded(medians(pipelines.map(withRest))),
    floorSteps: allRounded(medians(floors.map(({ steps }) => ({ ...steps })))),
    ...(options.statements > 0 && { statements: pipelines.at(-1)?.statements ?? [] }),
  };
}

/** What no step took: registration, claim, commit. */
function withRest({ seconds, steps }: PipelineTimes): Readonly<Record<string, number>> {
  return { ...steps, rest: seconds - Object.values(steps).reduce((sum, step) => sum + step, 0) };
}

function allRounded(record: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, rounded(value)]));
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
