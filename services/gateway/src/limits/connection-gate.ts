import { sourceOf } from '@rosterport/runtime';
import { dropShare, type Startups } from './startup-drop.ts';

/** How many connections there may be. */
export interface GateRules {
  readonly maxConnections: number;
  readonly startups: Startups;
  /** Connections of one address (IPv6: of one /64 network). */
  readonly perAddress: number;
  /** Connections that have logged in as one tenant. */
  readonly perTenant: number;
  /** True for addresses behind which there are many, such as the machine itself: `perAddress` is not asked of them. */
  readonly isExempt: (address: string) => boolean;
}

/** Why somebody is not let in. */
export type Crowd = 'full' | 'startups' | 'address' | 'tenant';

/** A connection as the gate counts it. Each step is taken once, in this order; `leave` may come at any moment, and twice. */
export interface Seat {
  /** The client's address is known. False when too many of it are here. */
  from(address: string): boolean;
  /** The client has logged in as the tenant, and is no stranger any more. False when too many of it are here. */
  loggedIn(tenantId: string): boolean;
  leave(): void;
}

/** Counts the connections of a door. Pure but for the chance that it is handed. */
export class ConnectionGate {
  readonly #rules: GateRules;
  readonly #chance: () => number;
  readonly #sources = new Map<string, number>();
  readonly #tenants = new Map<string, number>();
  #connections = 0;
  #strangers = 0;

  /** `chance` gives numbers from 0 up to, but not, 1. */
  constructor(rules: GateRules, chance: () => number = Math.random) {
    this.#rules = rules;
    this.#chance = chance;
  }

  /** How many connections are open, and how many of them before their login. */
  get counts(): { readonly connections: number; readonly strangers: number } {
    return { connections: this.#connections, strangers: this.#strangers };
  }

  /** A seat for a connection that has just been made, or why there is none. */
  arrive(): Seat | Extract<Crowd, 'full' | 'startups'> {
    if (this.#connections >= this.#rules.maxConnections) return 'full';
    if (this.#chance() < dropShare(this.#rules.startups, this.#strangers)) return 'startups';
    this.#connections += 1;
    this.#strangers += 1;
    return this.#seat();
  }

  #seat(): Seat {
    const { perAddress, perTenant, isExempt } = this.#rules;
    let source: string | undefined;
    let tenant: string | undefined;
    let isStranger = true;
    let isHere = true;
    return {
      from: (address) => {
        if (!isHere) return false;
        if (isExempt(address)) return true;
        if (!add(this.#sources, sourceOf(address), perAddress)) return false;
        source = sourceOf(address);
        return true;
      },
      loggedIn: (tenantId) => {
        if (!isHere || !add(this.#tenants, tenantId, perTenant)) return false;
        tenant = tenantId;
        isStranger = false;
        this.#strangers -= 1;
        return true;
      },
      leave: () => {
        if (!isHere) return;
        isHere = false;
        this.#connections -= 1;
        if (isStranger) this.#strangers -= 1;
        if (source !== undefined) remove(this.#sources, source);
        if (tenant !== undefined) remove(this.#tenants, tenant);
      },
    };
  }
}

function add(counts: Map<string, number>, key: string, most: number): boolean {
  const count = counts.get(key) ?? 0;
  if (count >= most) return false;
  counts.set(key, count + 1);
  return true;
}

function remove(counts: Map<string, number>, key: string): void {
  const count = counts.get(key) ?? 0;
  if (count > 1) counts.set(key, count - 1);
  else counts.delete(key);
}
