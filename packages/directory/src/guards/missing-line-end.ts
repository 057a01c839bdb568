import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';

/** Holds a full file whose last line has no line end: it may have been cut off, and whoever is lost with the rest would go. */
export const missingLineEnd: Guard = {
  name: 'missingLineEnd',
  look({ policy }, { mode, lacksLineEnd }) {
    const holds = policy.guards.missingLineEnd && mode === 'full' && lacksLineEnd;
    return Promise.resolve(holds ? [issue('validateWholeLastLine')] : []);
  },
};
