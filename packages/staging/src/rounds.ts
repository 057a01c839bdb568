/** Why a round runs: something seems to have happened, or its time has come. */
export type RoundReason = 'hint' | 'timer';

/** Rounds that run one at a time. */
export interface Rounds {
  /** Asks for a round soon; many hints make one round. */
  hint(): void;
  /** Stops; resolves when the round under way has ended. */
  close(): Promise<void>;
}

/** What rounds are made of. */
export interface RoundsOptions {
  readonly everyMs: number;
  /** How long after the first hint the round begins. */
  readonly hintAfterMs: () => number;
  /**
   * Must not fail. `isClosing` turns true when the round should come to its end. It may resolve with the milliseconds
   * after which the next round is due, if that is earlier than `everyMs`.
   */
  readonly run: (reason: RoundReason, isClosing: () => boolean) => Promise<number | undefined>;
}

/** Runs a first round at once, then one after each hint, and one whenever `everyMs` have passed since the last. */
export function startRounds(options: RoundsOptions): Rounds {
  let closing = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let hintTimer: NodeJS.Timeout | undefined;
  let hinted = false;
  const isClosing = (): boolean => closing;

  const round = (reason: RoundReason): void => {
    if (closing || running !== undefined) return;
    clearTimeout(timer);
    running = options.run(reason, isClosing).then((dueMs) => {
      running = undefined;
      if (isClosing()) return;
      timer = setTimeout(() => round('timer'), Math.min(dueMs ?? options.everyMs, options.everyMs));
      if (hinted) hint();
    });
  };
  const hint = (): void => {
    hinted = true;
    if (closing || running !== undefined || hintTimer !== undefined) return;
    hintTimer = setTimeout(() => {
      hintTimer = undefined;
      if (running !== undefined) return;
      hinted = false;
      round('hint');
    }, options.hintAfterMs());
  };

  round('timer');
  return {
    hint,
    async close() {
      closing = true;
      clearTimeout(timer);
      clearTimeout(hintTimer);
      await running;
    },
  };
}
