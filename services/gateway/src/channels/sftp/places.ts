/** What a path stands for in the tree that every sender sees. */
export type Place =
  | { readonly kind: 'folder'; readonly takesFiles: boolean }
  | { readonly kind: 'upload'; readonly name: string }
  | { readonly kind: 'receipt'; readonly name: string }
  | { readonly kind: 'nowhere' };

/** The folders that stand in `/`. */
export const rootFolders = ['delta', 'incoming', 'receipts'] as const;

const uploadFolders: ReadonlySet<string> = new Set(['/', '/incoming', '/delta']);
const receiptsFolder = '/receipts';

/**
 * The place of a regular absolute path. `/`, `/incoming` and `/delta` are three doors to one box: a file that was put into
 * one of them is seen in all of them, because a job does not remember its folder. `/receipts` holds what can be read.
 */
export function placeOf(path: string): Place {
  if (uploadFolders.has(path)) return { kind: 'folder', takesFiles: true };
  if (path === receiptsFolder) return { kind: 'folder', takesFiles: false };
  const cut = path.lastIndexOf('/');
  const folder = cut === 0 ? '/' : path.slice(0, cut);
  const name = path.slice(cut + 1);
  if (uploadFolders.has(folder)) return { kind: 'upload', name };
  return folder === receiptsFolder ? { kind: 'receipt', name } : { kind: 'nowhere' };
}
