/** Whether a medium has been quick of late, as told by who works on it. */
export interface MediumPace {
  readonly isQuick: boolean;
  /** So many files in a row took so many milliseconds together. */
  took(ms: number, files: number): void;
}

/** A file that takes longer to be sealed is worth the way to another thread and back. */
const quickMs = 0.25;
/** So many files in a row must have been quick. */
const proof = 16;

/** A medium of which nothing is known yet counts as slow, and so does one from its first slow file on. */
export function mediumPace(): MediumPace {
  let quickFiles = 0;
  return {
    get isQuick() {
      return quickFiles >= proof;
    },
    took(ms, files) {
      quickFiles = ms <= files * quickMs ? quickFiles + files : 0;
    },
  };
}
