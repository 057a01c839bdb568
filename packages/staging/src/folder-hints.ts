import type { Logger } from '@rosterport/runtime';
import { watch } from 'chokidar';
import { relative, sep } from 'node:path';

/** A watch that may miss things. */
export interface FolderHints {
  close(): Promise<void>;
}

/** What to watch. */
export interface FolderHintsOptions {
  readonly folder: string;
  /** 0 for the folder alone, 1 for the folders in it too. */
  readonly depth: number;
  readonly log: Logger;
  readonly onHint: () => void;
}

/**
 * Watches a folder and calls `onHint` when something may have appeared or changed there. Events get lost in big trees, on
 * network disks and when the system runs out of watches, so whoever calls must sweep as well; a watch that cannot be had
 * is a warning. Resolves when the watch stands.
 */
export async function openFolderHints(options: FolderHintsOptions): Promise<FolderHints> {
  const watcher = watch(options.folder, {
    depth: options.depth,
    // Folders are watched and files are not: what the system says of a folder is hint enough, and saves a watch for every
    // file. The watcher still stats each file when its folder changes.
    ignored: (path) => levelsBelow(options.folder, path) > options.depth,
    ignoreInitial: true,
    followSymlinks: false,
    // With it, events of names that look like an editor's are swallowed.
    atomic: false,
  });
  let warned = false;
  await new Promise<void>((resolve) => {
    watcher.on('error', (error) => {
      if (!warned) options.log.warn('A folder cannot be watched and is only swept', { error });
      warned = true;
      resolve();
    });
    watcher.on('ready', resolve);
    watcher.on('raw', () => options.onHint());
    watcher.on('addDir', () => options.onHint());
  });
  return { close: () => watcher.close() };
}

function levelsBelow(folder: string, path: string): number {
  return relative(folder, path).split(sep).filter((part) => part !== '').length;
}
