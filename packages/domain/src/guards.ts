/** The guards that look at a plan before it is applied, by the setting that governs each. */
export const guardNames = [
  'deactivations',
  'updates',
  'emptiedColumns',
  'missingRows',
  'swappedIds',
  'renamedIds',
  'olderFile',
  'unreadableIds',
  'missingLineEnd',
] as const;

/** One guard. */
export type GuardName = (typeof guardNames)[number];

/** True when the text names a guard. */
export function isGuardName(text: string): text is GuardName {
  return (guardNames as readonly string[]).includes(text);
}

/**
 * From where on each guard holds a job. Shares lie between 0 and 1; `null` or `false` turns the guard off.
 */
export interface GuardLimits {
  /** Holds when more than the share, and also more than the number, of the active managed people would be deactivated. */
  readonly deactivations: { readonly share: number; readonly people: number } | null;
  /** Holds when more than the share of the active managed people would be updated. */
  readonly updates: { readonly share: number } | null;
  /** Holds when a column would be emptied for more than one person, and for more than the share of the file's people who have a value. */
  readonly emptiedColumns: { readonly share: number } | null;
  /** Holds when a full file has fewer rows than the share of those of the last full file. */
  readonly missingRows: { readonly share: number } | null;
  /** Holds when name and e-mail change at once while the id stays, or two people exchange ids. */
  readonly swappedIds: boolean;
  /** Holds when an id vanishes and its e-mail appears under a new one. */
  readonly renamedIds: boolean;
  /** Holds when the file is older than the last one of the feed, with the same kinds of record, that was applied. */
  readonly olderFile: boolean;
  /** Holds the deactivations of a full file when the id of one of its rows cannot be read. */
  readonly unreadableIds: boolean;
  /** Holds a full file whose last line has no line end. */
  readonly missingLineEnd: boolean;
}

/** The limits of a feed for which nobody chose others. */
export const defaultGuardLimits: GuardLimits = {
  deactivations: { share: 0.1, people: 5 },
  updates: { share: 0.75 },
  emptiedColumns: { share: 0.9 },
  missingRows: { share: 0.5 },
  swappedIds: true,
  renamedIds: true,
  olderFile: true,
  unreadableIds: true,
  missingLineEnd: true,
};

/** The limits of a feed on which no guard looks. */
export const noGuards: GuardLimits = {
  deactivations: null,
  updates: null,
  emptiedColumns: null,
  missingRows: null,
  swappedIds: false,
  renamedIds: false,
  olderFile: false,
  unreadableIds: false,
  missingLineEnd: false,
};

/** The code under which the breach of each guard is reported. */
export const guardCodes = {
  deactivations: 'validateDeactivationShare',
  updates: 'validateUpdateShare',
  emptiedColumns: 'validateEmptiedColumns',
  missingRows: 'validateRowCount',
  swappedIds: 'validateSwappedIds',
  renamedIds: 'validateRenamedIds',
  olderFile: 'validateFileAge',
  unreadableIds: 'validateReadableIds',
  missingLineEnd: 'validateWholeLastLine',
} as const satisfies Record<GuardName, string>;
