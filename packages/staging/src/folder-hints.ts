import type { Logger } from '@rosterport/runtime';
import { watch } from 'chokidar';

/** A watch that may miss things. */
export interface FolderHints {
  close(): Promise<void>;
}

/** What to watch. */
export interface FolderHintsOptions {
  readonly folder: string;
  /** How many folders deep below it. */
  readonly depth: number;
  readonly ignored: (path: string) => boolean;
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
    ignored: options.ignored,
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
    for (const event of ['add', 'change', 'addDir'] as const) watcher.on(event, () => options.onHint());
  });
  return { close: () => watcher.close() };
}
