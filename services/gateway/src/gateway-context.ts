import type { Authenticator } from '@rosterport/access';
import type { Database } from '@rosterport/database';
import type { Logger, Metrics } from '@rosterport/runtime';
import type { Staging } from '@rosterport/staging';
import type { Doorkeeper } from './limits/doorkeeper.ts';
import type { Quotas } from './limits/quotas.ts';
import type { Door } from './receive.ts';

/** What every channel of the gateway stands on. */
export interface GatewayContext {
  readonly database: Database;
  readonly staging: Staging;
  readonly authenticator: Authenticator;
  readonly door: Door;
  readonly doorkeeper: Doorkeeper;
  /** What is left of the quotas that the door keeps; ask it for the figures of statvfs. */
  readonly quotas: Pick<Quotas, 'left'>;
  readonly log: Logger;
  readonly metrics: Metrics;
}
