import type { Migration } from './migration.ts';
import { firstLight } from './migrations/0001-first-light.ts';
import { judgement } from './migrations/0002-judgement.ts';
import { sftpDoor } from './migrations/0003-sftp-door.ts';
import { rowChunks } from './migrations/0004-row-chunks.ts';
import { leanLinks } from './migrations/0005-lean-links.ts';
import { rowHashes } from './migrations/0006-row-hashes.ts';
import { narrowIndexes } from './migrations/0007-narrow-indexes.ts';
import { claimsByKey } from './migrations/0008-claims-by-key.ts';
import { soughtNames } from './migrations/0009-sought-names.ts';
import { carriedEntries } from './migrations/0010-carried-entries.ts';

/** Every step of the schema in its order. A new one is a file beside the others and a line at the end. */
export const migrations: readonly Migration[] = [
  ...[firstLight, judgement, sftpDoor, rowChunks, leanLinks],
  ...[rowHashes, narrowIndexes, claimsByKey, soughtNames, carriedEntries],
];
