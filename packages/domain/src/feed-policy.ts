/** What the feed wants done with names that the directory does not know, with faulty rows, and to clear a value. */
export interface FeedPolicy {
  /** A group that no file and no directory knows: make it (with a warning), leave it out, or reject the row. */
  readonly unknownGroup: 'create' | 'skip' | 'reject';
  /** A column that is no field and no attribute yet: define the attribute (with a warning), or reject its values. */
  readonly unknownAttribute: 'create' | 'strict';
  /** A row with an error: reject that row alone, or the whole file. */
  readonly rowError: 'skipRow' | 'rejectFile';
  /** A cell with this text empties the value; `null` when no text does. */
  readonly clearToken: string | null;
}

/** The policy of a feed for which nobody chose another. */
export const defaultFeedPolicy: FeedPolicy = {
  unknownGroup: 'create',
  unknownAttribute: 'create',
  rowError: 'skipRow',
  clearToken: null,
};
