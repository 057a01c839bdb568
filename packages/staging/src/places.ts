import type { JobId } from '@rosterport/domain';
import { join, sep } from 'node:path';

/** A sealed file and its envelope. */
export interface Place {
  readonly folder: string;
  readonly file: string;
  readonly envelope: string;
}

/**
 * Where everything lies in the staging area:
 *
 * - `partial/<id>.part`: an upload on its way in, unless it is small and in memory until the seal; `partial/<id>.json.tmp`: its
 *   envelope just before that.
 * - `partial/<id>.note`: what its sender needs to go on with it, where it was left unfinished; `partial/<id>.note.tmp`: the
 *   same while it is being written.
 * - `inbox/<id>.file` and `inbox/<id>.json`: sealed, perhaps without a job. An envelope there promises its whole file.
 * - `kept/<first two characters of the id>/`: the same two, once the job exists.
 * - `damaged/`: envelopes that cannot be read or have no file.
 */
export interface Places {
  readonly partial: string;
  readonly inbox: string;
  readonly kept: string;
  readonly damaged: string;
  partOf(jobId: JobId): string;
  draftOf(jobId: JobId): string;
  noteOf(jobId: JobId): string;
  inboxOf(jobId: JobId): Place;
  keptOf(jobId: JobId): Place;
}

/** The places within a staging folder. */
export function placesIn(root: string): Places {
  const folders = {
    partial: join(root, 'partial'),
    inbox: join(root, 'inbox'),
    kept: join(root, 'kept'),
    damaged: join(root, 'damaged'),
  };
  return {
    ...folders,
    partOf: (jobId) => within(folders.partial, `${jobId}.part`),
    draftOf: (jobId) => within(folders.partial, `${jobId}.json.tmp`),
    noteOf: (jobId) => within(folders.partial, `${jobId}.note`),
    inboxOf: (jobId) => placeIn(folders.inbox, jobId),
    keptOf: (jobId) => placeIn(within(folders.kept, jobId.slice(0, 2)), jobId),
  };
}

function placeIn(folder: string, jobId: JobId): Place {
  return { folder, file: within(folder, `${jobId}.file`), envelope: within(folder, `${jobId}.json`) };
}

/** The folder is regular by itself: `join` would look at it letter by letter, ten times for every file. */
function within(folder: string, name: string): string {
  return `${folder}${sep}${name}`;
}
