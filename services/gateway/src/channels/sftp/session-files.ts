import { Failure, isFailure, type TenantId } from '@rosterport/domain';
import { SftpError, type OpenFlags, type SftpAttributes, type SftpEntry, type SftpFiles, type SftpHandle } from '@rosterport/sftp';
import type { GatewayContext } from '../../gateway-context.ts';
import { folderAttributes, uploadAttributes } from './attributes.ts';
import type { Box } from './box.ts';
import { nowSeconds } from './held-upload.ts';
import type { LeftUpload } from './left-uploads.ts';
import { feedOf, isFolder, placeOf, type Place, type UploadPlace } from './places.ts';
import { receiptHandle } from './receipt-handle.ts';
import type { Receipts } from './receipts.ts';
import { inSftpWords } from './sftp-status.ts';
import { uploadEntry } from './upload-entry.ts';
import { setHeld, uploadHandle } from './upload-handle.ts';

/** What one session's view of the tree stands on. */
export interface SessionFilesOptions {
  readonly context: GatewayContext;
  readonly tenantId: TenantId;
  readonly box: Box;
  readonly receipts: Receipts;
  readonly session: symbol;
  /** True when no upload may begin any more. */
  readonly isStopping: () => boolean;
}

/** Folders into which nothing is put. */
const readOnly: ReadonlySet<string> = new Set(['receipts', 'feeds']);

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
   * The place of a path; nowhere, when it names a feed that the tenant does not have. Fails with `databaseUnavailable` when
   * nobody can tell.
   */
  #placeOf(path: string): Place | Promise<Place> {
    const place = placeOf(path);
    const feed = feedOf(place);
    return feed === null ? place : this.#placeInFeed(place, feed);
  }

  async #placeInFeed(place: Place, feed: string): Promise<Place> {
    try {
      await this.#options.context.door.feeds.idOf(this.#options.tenantId, feed);
      return place;
    } catch (error) {
      if (isFailure(error) && error.code === 'notFound') return { kind: 'nowhere' };
      throw error;
    }
  }

  /** The place of an upload. Fails with `noSuchFile`, and with `permissionDenied` for what is none. */
  async #uploadAt(path: string): Promise<UploadPlace> {
    const place = await this.#placeOf(path);
    if (place.kind === 'upload') return place;
    throw new SftpError(place.kind === 'nowhere' ? 'noSuchFile' : 'permissionDenied');
  }

  /**
   * Opens an upload, or a receipt for reading. A name that was uploaded before begins another upload; what broke off is gone
   * on with; to continue one that is on its way or was accepted is refused, because its beginning is not at hand.
   */
  open(path: string, flags: OpenFlags): Promise<SftpHandle> {
    return inSftpWords(async () => {
      const place = await this.#placeOf(path);
      if (isFolder(place)) throw new SftpError('failure', 'This is a folder.');
      if (place.kind === 'receipt') return this.#openReceipt(place, flags);
      if (place.kind !== 'upload') throw new SftpError('noSuchFile');
      const exists = (await this.#attributesOf(place)) !== undefined;
      if (!exists && !(flags.write && flags.create)) throw new SftpError('noSuchFile');
      if (!flags.write) throw new SftpError('permissionDenied', 'Uploads cannot be read.');
      if (exists && flags.create && flags.exclusive) throw new SftpError('failure', 'The file exists.');
      return this.#openUpload(place, flags);
    });
  }

  async #openReceipt({ name, feed }: Extract<Place, { kind: 'receipt' }>, flags: OpenFlags): Promise<SftpHandle> {
    if (flags.write) throw new SftpError('permissionDenied', 'Receipts can only be read.');
    const file = await this.#receipts.find(name, feed);
    if (file === undefined) throw new SftpError('noSuchFile');
    return receiptHandle(file);
  }

  async #openUpload(place: UploadPlace, flags: OpenFlags): Promise<SftpHandle> {
    const { session, isStopping } = this.#options;
    if (isStopping()) throw new Failure('stopping');
    return uploadHandle(this.#box, await this.#box.open(place, session, flags), isStopping);
  }

  stat(path: string): Promise<SftpAttributes> {
    return inSftpWords(async () => {
      const place = await this.#placeOf(path);
      if (isFolder(place)) return folderAttributes(place.kind === 'uploads', this.#began);
      const found = place.kind === 'upload' ? await this.#attributesOf(place) : await this.#receiptAt(place);
      if (found === undefined) throw new SftpError('noSuchFile');
      return found;
    });
  }

  async #attributesOf(place: UploadPlace): Promise<SftpAttributes | undefined> {
    const seen = await this.#box.look(place);
    return seen && uploadAttributes(seen.size, seen.modified);
  }

  async #receiptAt(place: Place): Promise<SftpAttributes | undefined> {
    const file = place.kind === 'receipt' ? await this.#receipts.find(place.name, place.feed) : undefined;
    return file && receiptHandle(file).stat();
  }

  /** Keeps a time for the listings and the job, honours a size while the upload is not sealed, and takes the rest without effect. */
  setstat(path: string, attributes: SftpAttributes): Promise<void> {
    return inSftpWords(async () => {
      const place = await this.#placeOf(path);
      if (place.kind === 'uploads') return;
      if (place.kind === 'nowhere') throw new SftpError('noSuchFile');
      if (place.kind !== 'upload') throw new SftpError('permissionDenied', 'Receipts can only be read.');
      const held = this.#box.inHand.find(place);
      if (held !== undefined && held.state !== 'sealing') return setHeld(this.#box, held, attributes);
      const left = held === undefined ? this.#box.left.find(place) : undefined;
      if (left !== undefined) return this.#setLeft(left, attributes);
      const file = await this.#box.sealed.find(place);
      if (file === undefined) throw new SftpError('noSuchFile');
      if (attributes.size !== undefined && attributes.size !== file.size) {
        throw new SftpError('permissionDenied', 'A file that was accepted cannot be changed; send it again.');
      }
      if (attributes.times !== undefined) await this.#box.sealed.touch(file, attributes.times.modified);
    });
  }

  /** What was left is cut once somebody goes on with it. */
  async #setLeft(left: LeftUpload, { size, times }: SftpAttributes): Promise<void> {
    if (size !== undefined && size !== left.note.size) throw new SftpError('failure', 'Open the file to go on with it.');
    if (times !== undefined) await this.#box.left.amend(left, { modified: times.modified });
  }

  opendir(path: string): Promise<Iterable<SftpEntry> | AsyncIterable<SftpEntry>> {
    return inSftpWords(async () => {
      const place = await this.#placeOf(path);
      switch (place.kind) {
        case 'uploads':
          return this.#uploads(place);
        case 'receipts':
          return this.#receipts.list(place.feed);
        case 'feeds':
          return this.#folders(await this.#options.context.door.feeds.names(this.#options.tenantId), true);
        default:
          await this.stat(path);
          throw new SftpError('failure', 'This is not a folder.');
      }
    });
  }

  async #uploads({ folder, entries }: Extract<Place, { kind: 'uploads' }>): Promise<readonly SftpEntry[]> {
    const byName = new Map<string, SftpEntry>();
    for (const [name, seen] of await this.#box.list(folder.path)) byName.set(name, uploadEntry(name, seen));
    for (const one of entries.flatMap((entry) => this.#folders([entry], !readOnly.has(entry)))) byName.set(one.name, one);
    return [...byName.values()];
  }

  #folders(names: readonly string[], takesFiles: boolean): readonly SftpEntry[] {
    return names.map((name) => ({ name, attributes: folderAttributes(takesFiles, this.#began) }));
  }

  mkdir(path: string): Promise<void> {
    return inSftpWords(async () => {
      if (isFolder(await this.#placeOf(path))) throw new SftpError('failure', 'The folder exists.');
      throw new SftpError('permissionDenied', 'Folders cannot be made here.');
    });
  }

  rmdir(path: string): Promise<void> {
    return inSftpWords(async () => {
      throw new SftpError((await this.#placeOf(path)).kind === 'nowhere' ? 'noSuchFile' : 'permissionDenied');
    });
  }

  remove(path: string): Promise<void> {
    return inSftpWords(async () => this.#box.remove(await this.#uploadAt(path)));
  }

  /** Renames over an existing name with and without posix-rename: many clients know only the plain RENAME. */
  rename(from: string, to: string): Promise<void> {
    const { session, isStopping: isGone } = this.#options;
    return inSftpWords(async () => this.#box.rename(await this.#uploadAt(from), await this.#uploadAt(to), { session, isGone }));
  }

  /**
   * The room on the disk or what is left of the tenant's quota of the day, whichever is less. Of the disk nothing counts as
   * used: what others keep there is nobody's business.
   */
  statvfs(): ReturnType<NonNullable<SftpFiles['statvfs']>> {
    return inSftpWords(async () => {
      const blockSize = 4096;
      const { context, tenantId } = this.#options;
      const onDisk = await context.staging.freeBytes();
      const { bytes, files, dailyBytes, dailyFiles } = await context.quotas.left(tenantId);
      const blocksOf = (size: number): number => Math.floor(size / blockSize);
      const free = Math.min(onDisk, bytes ?? onDisk);
      const all = dailyBytes === null ? free : Math.max(free, Math.min(dailyBytes, onDisk));
      return { blockSize, blocks: blocksOf(all), freeBlocks: blocksOf(free), files: dailyFiles ?? 0, freeFiles: files ?? 0 };
    });
  }
}
