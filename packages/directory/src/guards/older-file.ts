import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';

/** Files of one export are written, and sent, within a minute in any order; milliseconds. */
const oneExportMs = 60_000;

/**
 * Holds a file that is older, by more than a minute, than the one of the feed that was applied last. What senders say of the
 * last change decides where both say it, else when the files were received.
 */
export const olderFile: Guard = {
  name: 'olderFile',
  look({ policy }, { file, history: { lastApplied } }) {
    if (!policy.guards.olderFile || lastApplied === null) return Promise.resolve([]);
    const isSaid = file.modifiedAt !== null && lastApplied.modifiedAt !== null;
    const found = (isSaid ? file.modifiedAt : null) ?? file.receivedAt;
    const expected = (isSaid ? lastApplied.modifiedAt : null) ?? lastApplied.receivedAt;
    const isOlder = Date.parse(expected) - Date.parse(found) > oneExportMs;
    return Promise.resolve(isOlder ? [issue('validateFileAge', { found, expected })] : []);
  },
};
