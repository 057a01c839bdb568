/** What the process of the gateway is to open. */
export interface GatewayTask {
  /** Its data folder. */
  readonly folder: string;
  readonly databaseUrl: string;
  /** How many connections it must take. */
  readonly connections: number;
}

/** What the process is asked afterwards: to begin watching its event loop, to tell what it saw, to end. */
export type GatewayWish = 'watch' | 'tell' | 'close';

/** What the process says. */
export type GatewayWord =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'watching' }
  /** Milliseconds. */
  | { readonly kind: 'delay'; readonly p99: number };
