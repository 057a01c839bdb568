import type { SftpAttributes } from '../attributes.ts';
import type { SftpVolume } from '../encode-reply.ts';
import type { AbandonReason, SftpEntry, SftpFiles, SftpHandle } from '../files.ts';
import type { OpenFlags } from '../open-flags.ts';
import { SftpError } from '../sftp-error.ts';

interface MemoryFile {
  bytes: Buffer;
  modified: number;
}

/** Bytes that a file may have; a test that goes on from a wild size would take all memory. */
const maxFileBytes = 16 * 1024 * 1024;

/** A whole tree in memory that refuses nothing but what is too large, for tests. What happened is in `log`, in order. */
export class MemoryFiles implements SftpFiles {
  readonly files = new Map<string, MemoryFile>();
  readonly directories = new Set(['/']);
  readonly log: string[] = [];
  /** Called before each WRITE takes effect; a test may hold it, or break it. */
  beforeWrite: (position: number | null, length: number) => Promise<void> = () => Promise.resolve();

  async open(path: string, flags: OpenFlags, attributes: SftpAttributes): Promise<SftpHandle> {
    const old = this.files.get(path);
    if (old === undefined && !flags.create) throw new SftpError('noSuchFile');
    if (old !== undefined && flags.exclusive) throw new SftpError('failure', 'The file exists.');
    const file = old ?? { bytes: Buffer.alloc(0), modified: attributes.times?.modified ?? 0 };
    if (flags.truncate) file.bytes = Buffer.alloc(0);
    this.files.set(path, file);
    this.log.push(`open ${path}`);
    return Promise.resolve(this.#handle(path, file));
  }

  async stat(path: string): Promise<SftpAttributes> {
    if (this.directories.has(path)) return Promise.resolve({ mode: 0o040755, times: { accessed: 0, modified: 0 } });
    const file = this.#file(path);
    return Promise.resolve(attributesOf(file));
  }

  async setstat(path: string, attributes: SftpAttributes): Promise<void> {
    if (!this.directories.has(path)) change(this.#file(path), attributes);
    return Promise.resolve();
  }

  async opendir(path: string): Promise<Iterable<SftpEntry>> {
    if (!this.directories.has(path)) throw new SftpError('noSuchFile');
    const prefix = path === '/' ? '/' : `${path}/`;
    const inside = (name: string): boolean =>
      name.length > prefix.length && name.startsWith(prefix) && !name.includes('/', prefix.length);
    const directories = [...this.directories].filter(inside).map((name) => ({ name, attributes: { mode: 0o040755 } }));
    const files = [...this.files].filter(([name]) => inside(name)).map(([name, file]) => ({ name, attributes: attributesOf(file) }));
    const entries = [...directories, ...files];
    return Promise.resolve(entries.map((entry) => ({ ...entry, name: entry.name.slice(prefix.length) })));
  }

  async mkdir(path: string): Promise<void> {
    this.directories.add(path);
    return Promise.resolve();
  }

  async rmdir(path: string): Promise<void> {
    if (!this.directories.delete(path)) throw new SftpError('noSuchFile');
    return Promise.resolve();
  }

  async remove(path: string): Promise<void> {
    if (!this.files.delete(path)) throw new SftpError('noSuchFile');
    return Promise.resolve();
  }

  async rename(from: string, to: string, options: { readonly overwrite: boolean }): Promise<void> {
    const file = this.#file(from);
    if (this.files.has(to) && !options.overwrite) throw new SftpError('failure', 'The target exists.');
    this.files.delete(from);
    this.files.set(to, file);
    this.log.push(`rename ${from} ${to}`);
    return Promise.resolve();
  }

  async statvfs(): Promise<SftpVolume> {
    return Promise.resolve({ blockSize: 4096, blocks: 1000, freeBlocks: 250, files: 100, freeFiles: 90 });
  }

  #file(path: string): MemoryFile {
    const file = this.files.get(path);
    if (file === undefined) throw new SftpError('noSuchFile');
    return file;
  }

  #handle(path: string, file: MemoryFile): SftpHandle {
    const { log } = this;
    return {
      write: async (position, bytes) => {
        await this.beforeWrite(position, bytes.length);
        const at = position ?? file.bytes.length;
        if (at + bytes.length > file.bytes.length) change(file, { size: at + bytes.length });
        bytes.copy(file.bytes, at);
      },
      read: (position, length) => Promise.resolve(file.bytes.subarray(position, position + length)),
      stat: () => Promise.resolve(attributesOf(file)),
      setstat: async (attributes) => {
        log.push(`fsetstat ${path}`);
        change(file, attributes);
        return Promise.resolve();
      },
      sync: () => {
        log.push(`sync ${path}`);
        return Promise.resolve();
      },
      close: () => {
        log.push(`close ${path}`);
        return Promise.resolve();
      },
      abandon: (reason: AbandonReason) => {
        log.push(`abandon ${path} ${reason}`);
        return Promise.resolve();
      },
    };
  }
}

function attributesOf(file: MemoryFile): SftpAttributes {
  return { size: file.bytes.length, mode: 0o100640, times: { accessed: file.modified, modified: file.modified } };
}

function change(file: MemoryFile, { size, times }: SftpAttributes): void {
  if (size !== undefined && size > maxFileBytes) throw new SftpError('failure', 'The disk is full.');
  if (size !== undefined && size < file.bytes.length) file.bytes = Buffer.from(file.bytes.subarray(0, size));
  if (size !== undefined && size > file.bytes.length) {
    file.bytes = Buffer.concat([file.bytes, Buffer.alloc(size - file.bytes.length)]);
  }
  if (times !== undefined) file.modified = times.modified;
}
