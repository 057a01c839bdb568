import type { Startups } from './startup-drop.ts';

/** What one client, one tenant and all of them may ask of the SFTP door. Times are in milliseconds. */
export interface SftpLimits {
  readonly maxConnections: number;
  readonly startups: Startups;
  /** Connections of one address (IPv6: of one /64 network), unless it is exempt. */
  readonly perAddress: number;
  /** Connections that have logged in as one tenant. */
  readonly perTenant: number;
  /** Sessions that may be open at once on a connection. */
  readonly channels: number;
  /** Attempts to open a channel, of whatever kind and however they end, on a connection in a minute. */
  readonly channelOpensPerMinute: number;
  /** Files and folders that may be open at once in a session. */
  readonly handles: number;
  /** Bytes of transfers in hand, of a session and of all sessions together. */
  readonly sessionBytes: number;
  readonly processBytes: number;
  readonly loginGraceMs: number;
  /** Wrong passwords on a connection, after which it is ended. */
  readonly loginTries: number;
  /** Public keys that a client may ask for on a connection, and as many that may prove themselves and be unknown. */
  readonly loginKeys: number;
  /** How long a failed attempt takes at least, so that its length tells nothing and guessing is slow. */
  readonly loginFailureMs: number;
  /** How long a client may stay without a request. */
  readonly idleMs: number;
  /** How long an upload may stand still, or replies may lie unread; also over how much time `slowestUpload` is measured. */
  readonly stallMs: number;
  /** Bytes in a second of the slowest upload that is put up with; 0 for none but one that stands still. */
  readonly slowestUpload: number;
  /** Bytes in both directions, and time, after which the keys are exchanged again (RFC 4253, section 9). */
  readonly rekeyBytes: number;
  readonly rekeyMs: number;
}

/** The limits where none are chosen. */
export const usualSftpLimits: SftpLimits = {
  maxConnections: 4_000,
  startups: { start: 64, rate: 30, full: 200 },
  perAddress: 100,
  perTenant: 200,
  channels: 10,
  channelOpensPerMinute: 300,
  handles: 128,
  sessionBytes: 2 * 1024 ** 2,
  processBytes: 256 * 1024 ** 2,
  loginGraceMs: 30_000,
  loginTries: 6,
  loginKeys: 20,
  loginFailureMs: 300,
  idleMs: 900_000,
  stallMs: 120_000,
  slowestUpload: 1024,
  rekeyBytes: 1024 ** 3,
  rekeyMs: 3_600_000,
};
