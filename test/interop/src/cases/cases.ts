import type { Case } from '../case.ts';
import { keyKinds } from '../client.ts';
import { brokenConnection } from './broken-connection.ts';
import { keyLogin } from './key-login.ts';
import { listCase } from './list.ts';
import { mirror } from './mirror.ts';
import { mirrorNewer } from './mirror-newer.ts';
import { mkdirCase } from './mkdir.ts';
import { overwrite } from './overwrite.ts';
import { putCase } from './put.ts';
import { putKeepingTime } from './put-keeping-time.ts';
import { readReceipt } from './read-receipt.ts';
import { refuseRead } from './refuse-read.ts';
import { renameCase } from './rename.ts';
import { renameOver } from './rename-over.ts';
import { resume } from './resume.ts';
import { statCase } from './stat.ts';
import { wrongPassword } from './wrong-password.ts';

/** The cases of the matrix, in the order of the table. */
export const cases: readonly Case[] = [
  putCase,
  putKeepingTime,
  overwrite,
  renameCase,
  renameOver,
  resume,
  mkdirCase,
  mirror,
  mirrorNewer,
  listCase,
  statCase,
  refuseRead,
  readReceipt,
  wrongPassword,
  ...keyKinds.map(keyLogin),
  brokenConnection,
];
