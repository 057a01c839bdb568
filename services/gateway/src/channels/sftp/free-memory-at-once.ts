import { setFlagsFromString } from 'node:v8';

/**
 * Has the collector of garbage give memory of buffers back in the thread that made them; for the whole process, and called
 * once or more. Left to itself it does that in threads of its own. Where those get no turn, on a machine that is full, what was
 * not given back yet counts as taken, and the whole heap is gone through for it: 20 to 30 times for each gigabyte received, where
 * otherwise it is three times, and each time by those threads too.
 */
export function freeMemoryAtOnce(): void {
  setFlagsFromString('--no-concurrent-array-buffer-sweeping');
}
