import { string, u64 } from '../fields.ts';
import { decodeOpenFlags, type OpenFlags } from '../open-flags.ts';
import { attributes, request } from './client-packets.ts';
import { statusOf, type Reply } from './raw-client.ts';

/** Something that a client may do; handles are named by the order of their opening. */
export type Operation =
  | { readonly kind: 'open'; readonly path: string; readonly flags: number }
  | { readonly kind: 'write'; readonly slot: number; readonly position: number; readonly text: string }
  | { readonly kind: 'read'; readonly slot: number; readonly position: number; readonly length: number }
  | { readonly kind: 'close' | 'fstat' | 'fsync'; readonly slot: number }
  | { readonly kind: 'fsetstat'; readonly slot: number; readonly size: number }
  | { readonly kind: 'stat' | 'remove'; readonly path: string }
  | { readonly kind: 'setstat'; readonly path: string; readonly size: number }
  | { readonly kind: 'rename' | 'posixRename'; readonly path: string; readonly to: string }
  | { readonly kind: 'mkdir' | 'rmdir' | 'statDirectory'; readonly directory: string };

interface ModelFile {
  text: string;
}

interface ModelHandle {
  readonly file: ModelFile;
  readonly flags: OpenFlags;
  isOpen: boolean;
}

const mostOpen = 3;

/**
 * What a server should do, in the fewest words: files are texts, handles point at them, everything happens in order. Answers
 * are told in short: `ok`, `handle`, `size 5`, `data abc`, or the name of a status.
 */
export class Model {
  readonly #files = new Map<string, ModelFile>();
  readonly #directories = new Set<string>();
  readonly #handles: ModelHandle[] = [];
  readonly #names: Buffer[] = [];
  #id = 100;

  /** Does one thing; gives the packet that asks for it and the answer that it must have. */
  play(operation: Operation): { readonly packet: Buffer; readonly answer: string } {
    this.#id += 1;
    return { packet: this.#packet(operation), answer: this.#answer(operation) };
  }

  /** What a reply says, in the words of the model; the handle in it is kept. */
  told(reply: Reply): string {
    switch (reply.type) {
      case 102:
        this.#names.push(Buffer.from(reply.body.subarray(4)));
        return 'handle';
      case 103:
        return `data ${reply.body.toString('utf8', 4)}`;
      case 105:
        return (reply.body.readUInt32BE(0) & 1) === 0 ? 'attributes' : `size ${reply.body.readBigUInt64BE(4)}`;
      default:
        return String(statusOf(reply));
    }
  }

  /** The files with what they hold, in the order of a `Map` that was changed in the same way. */
  tree(): readonly (readonly [string, string])[] {
    return [...this.#files].map(([path, { text }]) => [path, text]);
  }

  #packet(operation: Operation): Buffer {
    const id = this.#id;
    const on = (slot: number): Buffer => string(this.#names[slot] ?? Buffer.from('none'));
    switch (operation.kind) {
      case 'open':
        return request('open', id, operation.path, operation.flags, attributes({}));
      case 'write':
        return request('write', id, on(operation.slot), u64(operation.position), string(operation.text));
      case 'read':
        return request('read', id, on(operation.slot), u64(operation.position), operation.length);
      case 'close':
      case 'fstat':
        return request(operation.kind, id, on(operation.slot));
      case 'fsync':
        return request('extended', id, 'fsync@openssh.com', on(operation.slot));
      case 'fsetstat':
        return request('fsetstat', id, on(operation.slot), attributes({ size: operation.size }));
      case 'setstat':
        return request('setstat', id, operation.path, attributes({ size: operation.size }));
      case 'stat':
      case 'remove':
        return request(operation.kind, id, operation.path);
      case 'rename':
        return request('rename', id, operation.path, operation.to);
      case 'posixRename':
        return request('extended', id, 'posix-rename@openssh.com', operation.path, operation.to);
      case 'mkdir':
        return request('mkdir', id, operation.directory, attributes({}));
      case 'rmdir':
        return request('rmdir', id, operation.directory);
      case 'statDirectory':
        return request('stat', id, operation.directory);
    }
  }

  #answer(operation: Operation): string {
    switch (operation.kind) {
      case 'open':
        return this.#open(operation.path, decodeOpenFlags(operation.flags));
      case 'mkdir':
        this.#directories.add(operation.directory);
        return 'ok';
      case 'rmdir':
        return this.#directories.delete(operation.directory) ? 'ok' : 'noSuchFile';
      case 'statDirectory':
        return this.#directories.has(operation.directory) ? 'attributes' : 'noSuchFile';
      case 'stat':
      case 'setstat':
      case 'remove':
      case 'rename':
      case 'posixRename':
        return this.#onPath(operation);
      default: {
        const handle = this.#handles[operation.slot];
        return handle?.isOpen === true ? onHandle(handle, operation) : 'failure';
      }
    }
  }

  #open(path: string, flags: OpenFlags): string {
    if (this.#handles.filter(({ isOpen }) => isOpen).length >= mostOpen) return 'failure';
    const old = this.#files.get(path);
    if (old === undefined && !flags.create) return 'noSuchFile';
    if (old !== undefined && flags.exclusive) return 'failure';
    const file = old ?? { text: '' };
    if (flags.truncate) file.text = '';
    this.#files.set(path, file);
    this.#handles.push({ file, flags, isOpen: true });
    return 'handle';
  }

  #onPath(operation: Extract<Operation, { kind: 'stat' | 'setstat' | 'remove' | 'rename' | 'posixRename' }>): string {
    const file = this.#files.get(operation.path);
    if (file === undefined) return 'noSuchFile';
    switch (operation.kind) {
      case 'stat':
        return `size ${file.text.length}`;
      case 'setstat':
        cut(file, operation.size);
        return 'ok';
      case 'remove':
        this.#files.delete(operation.path);
        return 'ok';
      default:
        if (operation.kind === 'rename' && this.#files.has(operation.to)) return 'failure';
        this.#files.delete(operation.path);
        this.#files.set(operation.to, file);
        return 'ok';
    }
  }
}

type OnHandle = Extract<Operation, { slot: number }>;

function onHandle(handle: ModelHandle, operation: OnHandle): string {
  const { file, flags } = handle;
  switch (operation.kind) {
    case 'write': {
      if (!flags.write) return 'permissionDenied';
      const at = flags.append ? file.text.length : operation.position;
      const before = file.text.padEnd(at, '\0').slice(0, at);
      file.text = before + operation.text + file.text.slice(at + operation.text.length);
      return 'ok';
    }
    case 'read': {
      if (!flags.read) return 'permissionDenied';
      const found = file.text.slice(operation.position, operation.position + operation.length);
      return found === '' && operation.length > 0 ? 'eof' : `data ${found}`;
    }
    case 'close':
      handle.isOpen = false;
      return 'ok';
    case 'fstat':
      return `size ${file.text.length}`;
    case 'fsetstat':
      cut(file, operation.size);
      return 'ok';
    case 'fsync':
      return 'ok';
  }
}

function cut(file: ModelFile, size: number): void {
  file.text = file.text.slice(0, size).padEnd(size, '\0');
}
