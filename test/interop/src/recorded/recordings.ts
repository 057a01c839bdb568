import { fileZilla } from './file-zilla.ts';
import type { Recording } from './recording.ts';
import { winScp } from './win-scp.ts';

/** What clients send that do not run here. */
export const recordings: readonly Recording[] = [...winScp, ...fileZilla];
