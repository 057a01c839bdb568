import { ipKeyGenerator, MemoryStore, type Options } from 'express-rate-limit';

/** Counts failed proofs by the sender's network address (IPv6: by its /56 network), over a minute. */
export interface FailedLogins {
  /** True when the address has failed so often that it must wait. */
  exceeded(address: string): Promise<boolean>;
  /** Notes one more failure. */
  note(address: string): Promise<void>;
  /** Frees the timer. */
  close(): void;
}

const windowMs = 60_000;

/** Opens a counter that lets an address fail so many times in a minute. */
export function openFailedLogins(mostPerMinute: number): FailedLogins {
  const store = new MemoryStore();
  // The store reads nothing else of the options of its middleware.
  store.init({ windowMs } as Options);
  return {
    async exceeded(address) {
      const known = await store.get(ipKeyGenerator(address));
      if (known === undefined || known.resetTime === undefined || known.resetTime.getTime() <= Date.now()) return false;
      return known.totalHits >= mostPerMinute;
    },
    async note(address) {
      await store.increment(ipKeyGenerator(address));
    },
    close: () => store.shutdown(),
  };
}
