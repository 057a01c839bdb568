/** So many files of a session are in the ledger before their sender hears that they are safe. */
const mostAwaited = 16;

/** How many of the further ones at most may wait for the ledger while the session goes on. */
const mostRegistering = 64;

/**
 * The registrations of what sessions have sent. Who sends a few files finds their jobs at once. Who sends many hears that a
 * file is safe before the ledger knows it, which then takes many with one commit; he finds all jobs when the session is over.
 */
export class Registrations {
  /** By session, how much it has sealed, and the registrations that have not ended. */
  readonly #sessions = new Map<symbol, { sealed: number; readonly underWay: Set<Promise<boolean>> }>();

  /** True when the next file of the session is to be in the ledger before its sender hears that it is safe. */
  isNextAwaited(session: symbol): boolean {
    const all = this.#sessions.get(session);
    return all === undefined || all.sealed < mostAwaited || all.underWay.size >= mostRegistering;
  }

  /** Takes one in, and resolves when its sender may hear that the file is safe. */
  async add(session: symbol, registered: Promise<boolean>): Promise<void> {
    const all = this.#sessions.get(session) ?? { sealed: 0, underWay: new Set() };
    this.#sessions.set(session, all);
    all.sealed += 1;
    all.underWay.add(registered);
    void registered.then(() => all.underWay.delete(registered));
    if (all.sealed <= mostAwaited || all.underWay.size > mostRegistering) await registered;
  }

  /** The session is over: resolves when nothing of it is under way. */
  async leave(session: symbol): Promise<void> {
    await Promise.all([...(this.#sessions.get(session)?.underWay ?? [])]);
    this.#sessions.delete(session);
  }
}
