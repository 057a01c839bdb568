import type { Mode } from '@rosterport/domain';
import type { Said } from './receive.ts';

/** A folder that takes files, and what it says of them. */
export interface UploadFolder {
  /** Its one path: that of the folder above it for `incoming`, which is another door to the same. */
  readonly path: string;
  /** Name of the feed; `null` for that of the sender. The feed need not exist. */
  readonly feed: string | null;
  /** `null` leaves it to the credential and the feed. */
  readonly mode: Mode | null;
  readonly dryRun: boolean;
}

/** The folders below `/`, and below the folder of each feed, that take files. */
export const uploadFolderNames = ['delta', 'full', 'incoming', 'test'] as const;

/** The folder that holds one folder a feed. */
export const feedsFolder = '/feeds';

const ofFeed = /^\/feeds\/([a-z][a-z0-9-]{0,31})(\/.+)?$/;

/**
 * The folder of that regular absolute path, as SFTP and the drop folder have it; `null` when the path is none that takes
 * files. `/full` and `/delta` choose the mode, `/test` is a dry run, and `/feeds/<name>` has the same folders for one feed.
 */
export function uploadFolder(path: string): UploadFolder | null {
  const [, feed = null, below = '/'] = ofFeed.exec(path) ?? [null, null, path];
  const top = feed === null ? '' : `${feedsFolder}/${feed}`;
  const plain = { feed, mode: null, dryRun: false };
  switch (below) {
    case '/':
    case '/incoming':
      return { ...plain, path: top === '' ? '/' : top };
    case '/full':
      return { ...plain, path: `${top}/full`, mode: 'full' };
    case '/delta':
      return { ...plain, path: `${top}/delta`, mode: 'delta' };
    case '/test':
      return { ...plain, path: `${top}/test`, dryRun: true };
    default:
      return null;
  }
}

/** What the folder says of a file that is put into it. */
export function saidBy({ path, feed, mode, dryRun }: UploadFolder): Said {
  return { folder: path, feed, mode, dryRun };
}
