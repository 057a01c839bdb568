import { pen } from '@rosterport/reports';
import progressBar from 'cli-progress';
import { isTerminal } from './print.ts';

/** A bar that shows how much of a file has been sent. */
export interface Progress {
  readonly add: (bytes: number) => void;
  readonly end: () => void;
}

/** Shows a bar on a terminal; nothing elsewhere. */
export function showProgress(stream: NodeJS.WritableStream | null, about: { readonly name: string; readonly bytes: number }): Progress {
  if (stream === null || !isTerminal(stream)) return { add: () => undefined, end: () => undefined };
  const name = pen(false)(about.name).trimEnd();
  const bar = new progressBar.SingleBar({
    stream,
    format: `${name} [{bar}] {percentage}% of ${Math.ceil(about.bytes / 1024)} KiB`,
    hideCursor: false,
    linewrap: false,
    fps: 10,
  });
  bar.start(about.bytes, 0);
  return { add: (bytes) => bar.increment(bytes), end: () => bar.stop() };
}
