/** The slowest that is put up with. */
export interface PaceRules {
  /** 0 for no rate: then a single byte in the time is enough. */
  readonly bytesPerSecond: number;
  /** Over how much time it is measured. */
  readonly overMs: number;
}

/** What is seen of a movement at one moment. */
export interface Sight {
  /** Milliseconds of one clock. */
  readonly now: number;
  /** Bytes, or steps, so far. */
  readonly moved: number;
  /** False while nothing is to move; the measurement begins anew afterwards. */
  readonly isUnderWay: boolean;
  /** True while we are the ones who keep it waiting; that time is not counted. */
  readonly isOurTurn: boolean;
}

/** Measures how fast something moves, from what is seen now and then. */
export class Pace {
  readonly #rules: PaceRules;
  #from: { readonly moved: number; spentMs: number } | undefined;
  #last = 0;

  constructor(rules: PaceRules) {
    this.#rules = rules;
  }

  /** True when the time is over and less has moved in it than has to. Times must not go back. */
  isTooSlow({ now, moved, isUnderWay, isOurTurn }: Sight): boolean {
    const passed = now - this.#last;
    this.#last = now;
    if (!isUnderWay) this.#from = undefined;
    else if (this.#from === undefined) this.#from = { moved, spentMs: 0 };
    else if (!isOurTurn) this.#from.spentMs += passed;
    if (this.#from === undefined || this.#from.spentMs < this.#rules.overMs) return false;
    const least = Math.max(1, (this.#rules.bytesPerSecond * this.#rules.overMs) / 1000);
    const isSlow = moved - this.#from.moved < least;
    this.#from = { moved, spentMs: 0 };
    return isSlow;
  }
}
