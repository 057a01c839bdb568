import { describe, expect, test } from '@jest/globals';
import { string, u32, u64 } from './fields.ts';
import type { SftpEntry } from './files.ts';
import { init, attributes, flag, on, open, request, write } from './test/client-packets.ts';
import { MemoryFiles } from './test/memory-files.ts';
import { messageOf, RawClient, statusOf, type Reply } from './test/raw-client.ts';
import { SftpError } from './sftp-error.ts';

const ids = (replies: readonly Reply[]): readonly number[] => replies.map(({ id }) => id);
const content = (files: MemoryFiles, path: string): string | undefined => files.files.get(path)?.bytes.toString();

/** A promise and the means to end it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('the beginning', () => {
  test('offers the usual extensions, statvfs and posix-rename only when the owner has them', async () => {
    const offered = async (files: MemoryFiles): Promise<string> => {
      const client = new RawClient(files);
      client.send(init);
      const [version] = (await client.heard(1)) as [Reply];
      client.stream.end();
      return version.body.toString('latin1');
    };
    const whole = await offered(new MemoryFiles());
    expect(whole).toMatch(/posix-rename@openssh.com.*limits@openssh.com.*statvfs@openssh.com/s);
    expect(whole).not.toContain('fsync');
    const lesser = Object.assign(new MemoryFiles(), { statvfs: undefined, rename: undefined });
    const less = await offered(lesser);
    expect(less).toContain('limits@openssh.com');
    expect(less).not.toMatch(/statvfs|posix-rename/);
  });

  test.each([
    ['no INIT', request('stat', 1, '/')],
    ['a second INIT', Buffer.concat([init, init])],
    ['a packet of length 0', Buffer.concat([init, u32(0)])],
    ['a packet too long', Buffer.concat([init, u32(1 << 20)])],
    ['a cut request', Buffer.concat([init, request('write', 1, 'h', 5)])],
  ])('%s ends the session, and the owner hears why', async (_name, bytes) => {
    const client = new RawClient(new MemoryFiles());
    client.send(bytes);
    await expect(client.session.done).resolves.toBe('malformed');
    expect(client.errors.map(({ place, error }) => [place, (error as Error).name])).toEqual([['packet', 'MalformedPacket']]);
  });
});

describe('files', () => {
  test('put: open, write out of order, close', async () => {
    const files = new MemoryFiles();
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/a.csv'));
    const replies = await client.ask(
      write(2, handle, [5, 'world']),
      write(3, handle, [0, 'hello']),
      on('fstat', 4, handle),
      on('close', 5, handle),
    );
    expect(replies.map(statusOf)).toEqual(['ok', 'ok', 105, 'ok']);
    expect(replies[2]!.body.readBigUInt64BE(4)).toBe(10n);
    expect(content(files, '/a.csv')).toBe('helloworld');
    expect(files.log).toEqual(['open /a.csv', 'close /a.csv']);
  });

  test('scp over a longer file: no cut at OPEN, FSETSTAT with the size after the WRITEs', async () => {
    const files = new MemoryFiles();
    files.files.set('/a', { bytes: Buffer.from('a longer file'), modified: 0 });
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/a', flag.write | flag.create));
    const size = request('fsetstat', 3, string(handle), attributes({ size: 5 }));
    expect((await client.ask(write(2, handle, [0, 'short']), size, on('close', 4, handle))).map(statusOf)).toEqual(['ok', 'ok', 'ok']);
    expect(content(files, '/a')).toBe('short');
  });

  test('a file opened to append ignores offsets, and keeps the order', async () => {
    const files = new MemoryFiles();
    files.files.set('/a', { bytes: Buffer.from('0'), modified: 0 });
    const positions: (number | null)[] = [];
    const first = gate();
    files.beforeWrite = (position) => (positions.push(position) === 1 ? first.opened : Promise.resolve());
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/a', flag.write | flag.append | flag.create));
    client.send(write(2, handle, [0, '1']), write(3, handle, [0, '2']), write(4, handle, [9, '3']));
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(positions).toEqual([null]);
    first.open();
    expect((await client.heard(4)).slice(1).map(statusOf)).toEqual(['ok', 'ok', 'ok']);
    expect(content(files, '/a')).toBe('0123');
    expect(positions).toEqual([null, null, null]);
  });

  test('reads what is there, and says when it is the end', async () => {
    const files = new MemoryFiles();
    files.files.set('/receipt', { bytes: Buffer.from('receipt'), modified: 0 });
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/receipt', flag.read));
    const read = (id: number, position: number, length: number): Buffer => request('read', id, string(handle), u64(position), length);
    const replies = await client.ask(read(2, 0, 4), read(3, 4, 0xffffffff), read(4, 7, 4), write(5, handle, [0, 'x']));
    expect(replies.map(statusOf)).toEqual([103, 103, 'eof', 'permissionDenied']);
    expect(replies.slice(0, 2).map(({ body }) => body.subarray(4).toString())).toEqual(['rece', 'ipt']);
  });

  test('a file opened only to write cannot be read', async () => {
    const client = await RawClient.begun(new MemoryFiles());
    const handle = await client.handle(open(1, '/a'));
    const [reply] = await client.ask(request('read', 2, string(handle), u64(0), 1));
    expect(statusOf(reply!)).toBe('permissionDenied');
  });

  test('sshfs: LSTAT sent right behind the OPEN that creates the file sees it', async () => {
    const client = await RawClient.begun(new MemoryFiles());
    const replies = await client.ask(open(1, '/a', flag.write | flag.create | flag.exclusive), request('lstat', 2, '/a'));
    expect(replies.map(statusOf)).toEqual([102, 105]);
  });
});

describe('order', () => {
  test('replies leave in the order of requests, whatever ends first; CLOSE after all WRITEs', async () => {
    const files = new MemoryFiles();
    const gates = [gate(), gate(), gate()];
    let begun = 0;
    files.beforeWrite = () => gates[begun++]!.opened;
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/a'));
    client.send(...[0, 1, 2].map((at) => write(2 + at, handle, [at, 'x'])), on('close', 5, handle), request('stat', 6, '/a'));
    while (begun < 3) await new Promise(setImmediate);
    gates[2]!.open();
    gates[1]!.open();
    await new Promise(setImmediate);
    expect(ids(client.replies)).toEqual([1]);
    expect(files.log).toEqual(['open /a']);
    gates[0]!.open();
    expect(ids(await client.heard(6))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(files.log).toEqual(['open /a', 'close /a']);
  });

  test('a WRITE that fails makes CLOSE fail with the same words, and the file is given up', async () => {
    const files = new MemoryFiles();
    files.beforeWrite = (position) => (position === 1 ? Promise.reject(new SftpError('failure', 'The quota is used up.')) : Promise.resolve());
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/a'));
    const replies = await client.ask(...[0, 1].map((at) => write(2 + at, handle, [at, 'x'])), on('close', 4, handle), on('close', 5, handle));
    expect(replies.map(statusOf)).toEqual(['ok', 'failure', 'failure', 'failure']);
    expect(replies.map(messageOf).slice(1)).toEqual(['The quota is used up.', 'The quota is used up.', 'There is no such handle.']);
    expect(files.log).toEqual(['open /a', 'abandon /a writeFailed']);
    expect(client.errors).toEqual([]);
  });

  test("the owner's own fault is told to the owner once, and to the client without its words", async () => {
    const files = new MemoryFiles();
    files.beforeWrite = () => Promise.reject(new Error('EIO on /var/secret'));
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/a'));
    const [first] = await client.ask(write(2, handle, [0, 'x']));
    const rest = await client.ask(write(3, handle, [0, 'x']), on('close', 4, handle));
    expect([first!, ...rest].map(messageOf)).toEqual(Array(3).fill('The server could not do this.'));
    expect(client.errors).toEqual([{ error: new Error('EIO on /var/secret'), place: 'write' }]);
  });

  test('an owner who throws at once instead of rejecting breaks nothing', async () => {
    const files = new MemoryFiles();
    files.mkdir = () => {
      throw new SftpError('permissionDenied', 'No folders here.');
    };
    const client = await RawClient.begun(files, { onError: () => { throw new Error('a broken listener'); } });
    const [made, stat] = await client.ask(request('mkdir', 1, '/d', attributes({})), request('stat', 2, '/'));
    expect([statusOf(made!), messageOf(made!), statusOf(stat!)]).toEqual(['permissionDenied', 'No folders here.', 105]);
  });
});

describe('paths and directories', () => {
  test('every request on paths is answered', async () => {
    const files = new MemoryFiles();
    files.files.set('/a', { bytes: Buffer.from('a'), modified: 0 });
    files.files.set('/b', { bytes: Buffer.from('b'), modified: 0 });
    const client = await RawClient.begun(files);
    const replies = await client.ask(
      request('mkdir', 1, '/d', attributes({})),
      request('rmdir', 2, '/d'),
      request('rename', 3, '/a', '/b'),
      request('extended', 4, 'posix-rename@openssh.com', '/a', '/b'),
      request('setstat', 5, '/b', attributes({ times: { accessed: 1, modified: 2 } })),
      request('remove', 6, '/b'),
      request('stat', 7, '/b'),
      request('realpath', 8, 'x/..'),
      request('readlink', 9, '/l'),
      request('symlink', 10, '/t', '/l'),
      request(77, 11),
      request('stat', 12, 'nul\0'),
      request('extended', 13, 'limits@openssh.com'),
      request('extended', 14, 'statvfs@openssh.com', '/'),
      request('extended', 15, 'fsync@openssh.com', 'handle'),
    );
    expect(replies.map(statusOf)).toEqual(
      ['ok', 'ok', 'failure', 'ok', 'ok', 'ok', 'noSuchFile', 104, 'opUnsupported', 'opUnsupported', 'opUnsupported', 'failure', 201, 201, 'opUnsupported'],
    );
    expect(ids(replies)).toEqual(replies.map((_reply, at) => at + 1));
    expect(replies[7]!.body.subarray(8, 9).toString()).toBe('/');
    expect(files.log).toEqual(['rename /a /b']);
  });

  test('fsync is done when it is offered', async () => {
    const files = new MemoryFiles();
    const client = await RawClient.begun(files, { extensions: ['fsync@openssh.com'] });
    const handle = await client.handle(open(1, '/a'));
    const replies = await client.ask(
      request('extended', 2, 'fsync@openssh.com', string(handle)),
      request('extended', 3, 'limits@openssh.com'),
    );
    expect(replies.map(statusOf)).toEqual(['ok', 'opUnsupported']);
    expect(files.log).toEqual(['open /a', 'sync /a']);
  });

  test('a long directory comes in pieces, each entry once, and then the end', async () => {
    const files = new MemoryFiles();
    for (let at = 0; at < 300; at += 1) files.files.set(`/f${at}`, { bytes: Buffer.alloc(at), modified: 0 });
    const client = await RawClient.begun(files);
    const handle = await client.handle(request('opendir', 1, '/'));
    const pieces = [];
    for (;;) {
      const [reply] = await client.ask(on('readdir', 2, handle));
      if (reply!.type !== 104) {
        expect(statusOf(reply!)).toBe('eof');
        break;
      }
      pieces.push(reply!.body.readUInt32BE(0));
    }
    expect(pieces).toEqual([128, 128, 44]);
    const [again, stat, closed] = await client.ask(on('readdir', 3, handle), on('fstat', 4, handle), on('close', 5, handle));
    expect([again!, stat!, closed!].map(statusOf)).toEqual(['eof', 105, 'ok']);
  });

  test('a listing that is not read to its end lets its owner know', async () => {
    const files = new MemoryFiles();
    let ended = 0;
    files.opendir = (): Promise<Iterable<SftpEntry>> => {
      const forever = function* (): Generator<SftpEntry> {
        try {
          for (let at = 0; ; at += 1) yield { name: `n${at}`, attributes: {} };
        } finally {
          ended += 1;
        }
      };
      return Promise.resolve(forever());
    };
    const client = await RawClient.begun(files);
    const closed = await client.handle(request('opendir', 1, '/'));
    const left = await client.handle(request('opendir', 2, '/'));
    await client.ask(on('readdir', 3, closed), on('readdir', 4, left), on('close', 5, closed));
    expect(ended).toBe(1);
    client.stream.end();
    await client.session.done;
    expect(ended).toBe(2);
  });
});
