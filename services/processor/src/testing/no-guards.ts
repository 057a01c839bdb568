import type { GuardLimits } from '@rosterport/domain';

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
