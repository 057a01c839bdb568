import type { Answers } from './answers.ts';
import { encodeAttrs, encodeName, encodeStatus, type NameEntry } from './encode-reply.ts';
import type { OpenDirectory, Opened } from './handle-table.ts';
import { longName } from './long-name.ts';
import { SftpError } from './sftp-error.ts';

/** A NAME reply ends at this many entries or bytes of names, whatever comes first; clients ask for the rest. */
const maxEntries = 128;
const maxNameBytes = 32 * 1024;

/** Answers to the requests about what is open, but for READ and WRITE. */
export const answersOnHandles: Answers<'close' | 'fstat' | 'fsetstat' | 'readdir'> = {
  close: async ({ handles }, { id, handle }) => {
    await close(handles.take(handle));
    return encodeStatus(id, 'ok');
  },
  fstat: async ({ files, handles }, { id, handle }) => {
    const opened = handles.get(handle);
    return encodeAttrs(id, await (opened.kind === 'file' ? opened.file.stat() : files.stat(opened.path)));
  },
  fsetstat: async ({ files, handles }, { id, handle, attributes }) => {
    const opened = handles.get(handle);
    await (opened.kind === 'file' ? opened.file.setstat(attributes) : files.setstat(opened.path, attributes));
    return encodeStatus(id, 'ok');
  },
  readdir: async ({ handles, settings }, { id, handle }) => {
    const now = settings.now === undefined ? undefined : settings.now() / 1000;
    const entries = await nextEntries(handles.directory(handle), now);
    if (entries.length === 0) throw new SftpError('eof');
    return encodeName(id, entries);
  },
};

async function close(opened: Opened): Promise<void> {
  if (opened.kind === 'directory') return closeDirectory(opened);
  if (opened.writeError === undefined) return opened.file.close();
  await opened.file.abandon('writeFailed');
  throw opened.writeError;
}

/** Lets the owner's iterator end, unless it has ended by itself. */
export async function closeDirectory(directory: OpenDirectory): Promise<void> {
  if (!directory.exhausted) await directory.entries.return?.();
}

async function nextEntries(directory: OpenDirectory, now: number | undefined): Promise<readonly NameEntry[]> {
  const entries: NameEntry[] = [];
  let bytes = 0;
  while (!directory.exhausted && entries.length < maxEntries && bytes < maxNameBytes) {
    const next = await directory.entries.next();
    if (next.done === true) {
      directory.exhausted = true;
      break;
    }
    const { name, attributes, longName: line = longName(name, attributes, now) } = next.value;
    entries.push({ name, longName: line, attributes });
    bytes += name.length + line.length;
  }
  return entries;
}
