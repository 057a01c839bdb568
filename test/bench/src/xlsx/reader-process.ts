import { answerTask } from '../answer-task.ts';
import { peakRssMb } from '../peak-rss.ts';
import { loadReader } from './read-workbook.ts';
import type { ReaderReport, ReaderTask } from './reader-task.ts';
import { TextSummer } from './text-sum.ts';

// A process of its own, so that its memory is the reader's alone.
answerTask(work);

async function work({ reader, path, scratchFolder }: ReaderTask): Promise<ReaderReport> {
  const read = await loadReader(reader, scratchFolder);
  const summer = new TextSummer();
  const before = process.cpuUsage();
  const begun = performance.now();
  await read(path, (row, texts) => summer.add(row, texts));
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpuSeconds: (user + system) / 1e6, peakRssMb: peakRssMb(), sum: summer.total() };
}
