import { defaultGuardLimits, type GuardLimits } from './guards.ts';

/** A file that a feed is expected to get, again and again. */
export interface ExpectedFile {
  /** When, as five fields of cron: minute, hour, day of month, month, day of week. */
  readonly schedule: string;
  /** The IANA time zone in which the schedule is read. */
  readonly timeZone: string;
  /** How long before or after the moment a file counts as that one, in minutes. */
  readonly graceMinutes: number;
}

/** How many e-mails of other companies a tenant is told of in 24 hours; more of them look like a search for strangers. */
export const mostForeignEmailsADay = 1_000;

/** What a feed wants done with its files. The mode stands beside it, since a sender may choose another. */
export interface FeedPolicy {
  /** A group that no file and no directory knows: make it (with a warning), leave it out, or reject the row. */
  readonly unknownGroup: 'create' | 'skip' | 'reject';
  /** A column or option that is not known yet: define it (with a warning), or reject its values. */
  readonly unknownAttribute: 'create' | 'strict';
  /** A row with an error: reject that row alone, or the whole file. */
  readonly rowError: 'skipRow' | 'rejectFile';
  /** A cell with this text empties the value; `null` when no text does. */
  readonly clearToken: string | null;
  /** What files do that come while one of the feed is held: wait for the decision, or, when full, take its place. */
  readonly laterFiles: 'wait' | 'supersede';
  /** What a file does to an earlier one of its name and folder that is not begun: stand in line behind it, or take its place. */
  readonly sameName: 'queue' | 'supersede';
  /**
   * What proves that a file sent by SFTP is whole: its CLOSE alone, an empty `<name>.done` beside it, or a `<name>.sha256` with
   * its checksum. Until the proof is there, the file is no job.
   */
  readonly sidecar: 'none' | 'done' | 'sha256';
  /** How many seconds the CLOSE of a file sent by SFTP waits for the verdict on the file as a whole; 0 when it does not. */
  readonly closeWaits: number;
  readonly guards: GuardLimits;
  /** `null` when files may come at any time or never. */
  readonly expected: ExpectedFile | null;
  /** BCP 47 tag of the language in which people are written to about the feed. */
  readonly emailLanguage: string;
}

/** The longest time, in seconds, for which a CLOSE may be made to wait: clients give up on a server that is silent. */
export const mostCloseWaits = 30;

/** The policy of a feed for which nobody chose another. */
export const defaultFeedPolicy: FeedPolicy = {
  unknownGroup: 'create',
  unknownAttribute: 'create',
  rowError: 'skipRow',
  clearToken: null,
  laterFiles: 'wait',
  sameName: 'queue',
  sidecar: 'none',
  closeWaits: 0,
  guards: defaultGuardLimits,
  expected: null,
  emailLanguage: 'en',
};

/** A stored policy as a whole one: what it does not say is as by default, for guards too. */
export function completePolicy(stored: Partial<FeedPolicy>): FeedPolicy {
  return { ...defaultFeedPolicy, ...stored, guards: { ...defaultGuardLimits, ...stored.guards } };
}
