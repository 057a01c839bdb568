import { isSameFile, type FoundFile } from './drop-arrival.ts';

/** Remembers for how long files have stayed as they are. */
export interface Settling {
  /** Those of the files that have been the same for long enough; a file that is seen first begins its time. */
  of(files: readonly FoundFile[]): readonly FoundFile[];
  /** Makes the file wait that many milliseconds from now. */
  defer(file: FoundFile, ms: number): void;
  /** Milliseconds until the next file is due; `undefined` when none waits. */
  nextMs(): number | undefined;
}

/** Files settle after `settleMs`, on a clock that nobody sets, since they come with times of any clock. */
export function settling(settleMs: number, now: () => number = () => performance.now()): Settling {
  const waiting = new Map<string, { readonly file: FoundFile; readonly due: number }>();
  return {
    of(files) {
      const paths = new Set(files.map((file) => file.path));
      for (const path of waiting.keys()) if (!paths.has(path)) waiting.delete(path);
      return files.filter((file) => {
        const before = waiting.get(file.path);
        const isSame = before !== undefined && isSameFile(before.file.stats, file.stats);
        const due = isSame ? before.due : now() + settleMs;
        if (!isSame) waiting.set(file.path, { file, due });
        return now() >= due;
      });
    },
    defer: (file, ms) => void waiting.set(file.path, { file, due: now() + ms }),
    nextMs() {
      const dues = [...waiting.values()].map(({ due }) => due);
      return dues.length === 0 ? undefined : Math.max(Math.min(...dues) - now(), 0);
    },
  };
}
