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
  readonly guards: GuardLimits;
  /** `null` when files may come at any time or never. */
  readonly expected: ExpectedFile | null;
  /** BCP 47 tag of the language in which people are written to about the feed. */
  readonly emailLanguage: string;
}

/** The policy of a feed for which nobody chose another. */
export const defaultFeedPolicy: FeedPolicy = {
  unknownGroup: 'create',
  unknownAttribute: 'create',
  rowError: 'skipRow',
  clearToken: null,
  laterFiles: 'wait',
  guards: defaultGuardLimits,
  expected: null,
  emailLanguage: 'en',
};

/** A stored policy as a whole one: what it does not say is as by default, for guards too. */
export function completePolicy(stored: Partial<FeedPolicy>): FeedPolicy {
  return { ...defaultFeedPolicy, ...stored, guards: { ...defaultGuardLimits, ...stored.guards } };
}
