import { feedsFolder, uploadFolder, uploadFolderNames, type UploadFolder } from '../../upload-folder.ts';

/** Where an upload stands: in one of the folders that take files, under its name. */
export interface UploadPlace {
  readonly kind: 'upload';
  readonly folder: UploadFolder;
  readonly name: string;
}

/** What a path stands for in the tree that every sender sees. A feed that it names need not exist. */
export type Place =
  | { readonly kind: 'uploads'; readonly folder: UploadFolder; readonly entries: readonly string[] }
  | { readonly kind: 'receipts'; readonly feed: string | null }
  | { readonly kind: 'feeds' }
  | UploadPlace
  | { readonly kind: 'receipt'; readonly feed: string | null; readonly name: string }
  | { readonly kind: 'nowhere' };

/** The folders that stand in the folder of a feed. */
const feedEntries = [...uploadFolderNames, 'receipts'] as const;
/** The folders that stand in `/`. */
const rootEntries = [...feedEntries, 'feeds'] as const;

const receiptsOf = /^(?:\/feeds\/([a-z][a-z0-9-]{0,31}))?\/receipts$/;

/**
 * The place of a regular absolute path. `/` and `/incoming` are two doors to one box, and so are `/feeds/<name>` and its
 * `incoming`; each other folder that takes files shows what came through it. `receipts` holds what can be read.
 */
export function placeOf(path: string): Place {
  const folder = folderOf(path);
  if (folder !== null) return folder;
  const cut = path.lastIndexOf('/');
  const above = folderOf(cut === 0 ? '/' : path.slice(0, cut));
  const name = path.slice(cut + 1);
  switch (above?.kind) {
    case 'uploads':
      return { kind: 'upload', folder: above.folder, name };
    case 'receipts':
      return { kind: 'receipt', feed: above.feed, name };
    default:
      return { kind: 'nowhere' };
  }
}

type Folder = Exclude<Place, { kind: 'upload' | 'receipt' | 'nowhere' }>;

/** Those that are there for everybody: they are asked for with every file. */
const commonFolders: ReadonlyMap<string, Folder | null> = new Map(
  ['', ...rootEntries].map((name) => [`/${name}`, readFolder(`/${name}`)]),
);

function folderOf(path: string): Folder | null {
  return commonFolders.get(path) ?? (path.startsWith(feedsFolder) ? readFolder(path) : null);
}

function readFolder(path: string): Folder | null {
  if (path === feedsFolder) return { kind: 'feeds' };
  const receipts = receiptsOf.exec(path);
  if (receipts !== null) return { kind: 'receipts', feed: receipts[1] ?? null };
  const folder = uploadFolder(path);
  if (folder === null) return null;
  const isTop = path === folder.path && folder.mode === null && !folder.dryRun;
  return { kind: 'uploads', folder, entries: isTop ? (folder.feed === null ? rootEntries : feedEntries) : [] };
}

/** The name of the feed in whose folder the place is; `null` when it is in none. */
export function feedOf(place: Place): string | null {
  switch (place.kind) {
    case 'uploads':
    case 'upload':
      return place.folder.feed;
    case 'receipts':
    case 'receipt':
      return place.feed;
    case 'feeds':
    case 'nowhere':
      return null;
  }
}

/** True for folders. */
export function isFolder(place: Place): boolean {
  return place.kind === 'uploads' || place.kind === 'receipts' || place.kind === 'feeds';
}

/** A text that is the same for two places exactly when they are one: no name holds a slash. */
export function keyOf({ folder, name }: { readonly folder: Pick<UploadFolder, 'path'>; readonly name: string }): string {
  return `${folder.path}//${name}`;
}
