import { Failure } from '@rosterport/domain';
import { SftpError, type OpenFlags, type SftpAttributes, type SftpEntry, type SftpFiles, type SftpHandle } from '@rosterport/sftp';
import type { GatewayContext } from '../../gateway-context.ts';
import { folderAttributes, uploadAttributes } from './attributes.ts';
import type { Box } from './box.ts';
import { nowSeconds } from './held-upload.ts';
import { placeOf, rootFolders } from './places.ts';
import { receiptHandle } from './receipt-handle.ts';
import type { Receipts } from './receipts.ts';
import { inSftpWords } from './sftp-status.ts';
import { setHeld, uploadHandle } from './upload-handle.ts';

/** What one session's view of the tree stands on. */
export interface SessionFilesOptions {
  readonly context: GatewayContext;
  readonly box: Box;
  readonly receipts: Receipts;
  readonly session: symbol;
  /** True when no upload may begin any more. */
  readonly isStopping: () => boolean;
}

/** The tree as one session sees it: a view of the ledger and of the uploads under way, never of the disk. */
export class SessionFiles implements SftpFiles {
  readonly #options: SessionFilesOptions;
  readonly #box: Box;
  readonly #receipts: Receipts;
  readonly #began = nowSeconds();

  constructor(options: SessionFilesOptions) {
    this.#options = options;
    this.#box = options.box;
    this.#receipts = options.receipts;
  }

  /**
   * Opens an upload, or a receipt for reading. A name that was uploaded before begins another upload; to continue one that
   * is on its way or was accepted is refused, because its beginning is not at hand.
   */
  open(path: string, flags: OpenFlags): Promise<SftpHandle> {
    return inSftpWords(async () => {
      const place = placeOf(path);
      if (place.kind === 'folder') throw new SftpError('failure', 'This is a folder.');
      if (place.kind === 'nowhere') throw new SftpError('noSuchFile');
      if (place.kind === 'receipt') return this.#openReceipt(place.name, flags);
      const exists = (await this.#attributesOf(place.name)) !== undefined;
      if (!exists && !(flags.write && flags.create)) throw new SftpError('noSuchFile');
      if (!flags.write) throw new SftpError('permissionDenied', 'Uploads cannot be read.');
      if (exists && flags.create && flags.exclusive) throw new SftpError('failure', 'The file exists.');
      return this.#openUpload(place.name, flags, exists);
    });
  }

  async #openReceipt(name: string, flags: OpenFlags): Promise<SftpHandle> {
    if (flags.write) throw new SftpError('permissionDenied', 'Receipts can only be read.');
    const file = await this.#receipts.find(name);
    if (file === undefined) throw new SftpError('noSuchFile');
    return receiptHandle(file);
  }

  async #openUpload(name: string, flags: OpenFlags, exists: boolean): Promise<SftpHandle> {
    if (this.#options.isStopping()) throw new Failure('stopping');
    if (exists && flags.append && !flags.truncate && this.#box.find(name)?.state !== 'parked') {
      throw new SftpError('failure', 'The file cannot be continued; send all of it again.');
    }
    return uploadHandle(this.#box, await this.#box.open(name, this.#options.session, flags));
  }

  stat(path: string): Promise<SftpAttributes> {
    return inSftpWords(async () => {
      const place = placeOf(path);
      if (place.kind === 'folder') return folderAttributes(place.takesFiles, this.#began);
      if (place.kind === 'nowhere') throw new SftpError('noSuchFile');
      const found = place.kind === 'upload' ? await this.#attributesOf(place.name) : await this.#receiptOf(place.name);
      if (found === undefined) throw new SftpError('noSuchFile');
      return found;
    });
  }

  async #attributesOf(name: string): Promise<SftpAttributes | undefined> {
    const held = this.#box.find(name);
    if (held !== undefined) return uploadAttributes(held.incoming.upload.size, held.modified);
    const file = await this.#box.sealed.find(name);
    return file && uploadAttributes(file.size, file.modified);
  }

  async #receiptOf(name: string): Promise<SftpAttributes | undefined> {
    const file = await this.#receipts.find(name);
    return file && receiptHandle(file).stat();
  }

  /** Keeps a time for the listings, honours a size while the upload is not sealed, and takes the rest without effect. */
  setstat(path: string, attributes: SftpAttributes): Promise<void> {
    return inSftpWords(async () => {
      const place = placeOf(path);
      if (place.kind === 'folder' && place.takesFiles) return;
      if (place.kind === 'nowhere') throw new SftpError('noSuchFile');
      if (place.kind !== 'upload') throw new SftpError('permissionDenied', 'Receipts can only be read.');
      const held = this.#box.find(place.name);
      if (held !== undefined && held.state !== 'sealing') return setHeld(this.#box, held, attributes);
      const file = await this.#box.sealed.find(place.name);
      if (file === undefined) throw new SftpError('noSuchFile');
      if (attributes.size !== undefined && attributes.size !== file.size) {
        throw new SftpError('permissionDenied', 'A file that was accepted cannot be changed; send it again.');
      }
      if (attributes.times !== undefined) this.#box.sealed.touch(file, attributes.times.modified);
    });
  }

  opendir(path: string): Promise<Iterable<SftpEntry> | AsyncIterable<SftpEntry>> {
    return inSftpWords(async () => {
      const place = placeOf(path);
      if (place.kind !== 'folder') {
        await this.stat(path);
        throw new SftpError('failure', 'This is not a folder.');
      }
      return place.takesFiles ? this.#uploads(path === '/') : this.#receipts.list();
    });
  }

  async #uploads(isRoot: boolean): Promise<readonly SftpEntry[]> {
    const byName = new Map<string, SftpAttributes>();
    for (const [name, { size, modified }] of await this.#box.sealed.all()) byName.set(name, uploadAttributes(size, modified));
    for (const held of this.#box.held) byName.set(held.name, uploadAttributes(held.incoming.upload.size, held.modified));
    for (const name of isRoot ? rootFolders : []) byName.set(name, folderAttributes(name !== 'receipts', this.#began));
    return [...byName].map(([name, attributes]) => ({ name, attributes }));
  }

  mkdir(path: string): Promise<void> {
    const refusal = placeOf(path).kind === 'folder' ? 'failure' : 'permissionDenied';
    return Promise.reject(new SftpError(refusal, refusal === 'failure' ? 'The folder exists.' : 'Folders cannot be made here.'));
  }

  rmdir(path: string): Promise<void> {
    return Promise.reject(new SftpError(placeOf(path).kind === 'nowhere' ? 'noSuchFile' : 'permissionDenied'));
  }

  remove(path: string): Promise<void> {
    return inSftpWords(() => this.#box.remove(uploadName(path)));
  }

  /** Renames over an existing name with and without posix-rename: many clients know only the plain RENAME. */
  rename(from: string, to: string): Promise<void> {
    return inSftpWords(() => this.#box.rename(uploadName(from), uploadName(to)));
  }

  /** The room on the disk, of which nothing counts as used: what others keep there is nobody's business. */
  statvfs(): ReturnType<NonNullable<SftpFiles['statvfs']>> {
    return inSftpWords(async () => {
      const blockSize = 4096;
      const freeBlocks = Math.floor((await this.#options.context.staging.freeBytes()) / blockSize);
      return { blockSize, blocks: freeBlocks, freeBlocks, files: 0, freeFiles: 0 };
    });
  }
}

function uploadName(path: string): string {
  const place = placeOf(path);
  if (place.kind === 'upload') return place.name;
  throw new SftpError(place.kind === 'nowhere' ? 'noSuchFile' : 'permissionDenied');
}
