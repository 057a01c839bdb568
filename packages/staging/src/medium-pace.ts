/** Whether a medium has been quick of late, as told by who works on it. */
export interface MediumPace {
  readonly isQuick: boolean;
  /** A file, or some that went together, took so many milliseconds. Syncs are shared: alone none would take much less. */
  took(ms: number): void;
}

/** Files that take longer to be sealed are worth the way to another thread and back, in milliseconds. */
const quickMs = 0.25;
/** What a medium counts as of which nothing is known yet. */
const unknownMs = 1;
/** How much of the mean is what was before the last file; a slow one is made up for by the more quick ones, the slower it was. */
const weightOfPast = 0.9;

/** Goes by a mean in which each file counts for less than the next. */
export function mediumPace(): MediumPace {
  let meanMs = unknownMs;
  return {
    get isQuick() {
      return meanMs < quickMs;
    },
    took(ms) {
      meanMs = ms + (meanMs - ms) * weightOfPast;
    },
  };
}
