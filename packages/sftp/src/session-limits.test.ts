import { describe, expect, test } from '@jest/globals';
import { string, u64 } from './fields.ts';
import type { SftpHandle } from './files.ts';
import { flag, init, on, open, request, write } from './test/client-packets.ts';
import { MemoryFiles } from './test/memory-files.ts';
import { messageOf, RawClient, statusOf } from './test/raw-client.ts';

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

describe('floods', () => {
  test('64 MiB of WRITEs to a file that does not take them stall within the bound, and go on when it does', async () => {
    const files = new MemoryFiles();
    let begun = 0;
    let release = (): void => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    files.beforeWrite = () => {
      begun += 1;
      return stuck;
    };
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/a'));
    const block = Buffer.alloc(32 * 1024, 1);
    const total = 2048;
    for (let at = 0; at < total; at += 1) client.send(write(2 + at, handle, [0, block]));
    await turns(200);
    const limit = 2 * 1024 * 1024;
    expect(client.session.pendingBytes).toBeGreaterThan(limit);
    expect(client.session.pendingBytes).toBeLessThanOrEqual(limit + 33 * 1024);
    expect(begun).toBe(Math.floor(limit / (33 * 1024)) + 1);
    expect(client.stream.writableLength).toBeGreaterThan(60 * 1024 * 1024);
    release();
    const replies = await client.heard(1 + total);
    expect(new Set(replies.slice(1).map(statusOf))).toEqual(new Set(['ok']));
    expect(begun).toBe(total);
    expect(client.session.pendingBytes).toBe(0);
  });

  test('empty WRITEs are bounded too', async () => {
    const files = new MemoryFiles();
    let begun = 0;
    let release = (): void => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    files.beforeWrite = () => {
      begun += 1;
      return stuck;
    };
    const client = await RawClient.begun(files, { maxPendingBytes: 64 * 1024 });
    const handle = await client.handle(open(1, '/a'));
    client.send(...Array.from({ length: 5000 }, (_none, at) => write(2 + at, handle, [0, ''])));
    await turns(100);
    expect(begun).toBe(65);
    release();
    await client.heard(5001);
  });

  test('a client that reads no replies is not answered without end', async () => {
    const files = new MemoryFiles();
    files.files.set('/a', { bytes: Buffer.alloc(255 * 1024), modified: 0 });
    let reads = 0;
    const client = await RawClient.begun(files, {
      holdBack: () => {
        reads += 1;
        return undefined;
      },
    });
    const handle = await client.handle(open(1, '/a', flag.read));
    client.stream.pause();
    const before = reads;
    client.send(...Array.from({ length: 400 }, (_none, at) => request('read', 2 + at, string(handle), u64(0), 255 * 1024)));
    await turns(100);
    expect(reads - before).toBeLessThan(40);
    client.stream.resume();
    expect((await client.heard(401)).slice(1).every((reply) => reply.type === 103)).toBe(true);
  });

  test('many requests in one chunk leave turns to the rest of the process', async () => {
    const client = await RawClient.begun(new MemoryFiles());
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    client.send(...Array.from({ length: 1280 }, (_none, at) => request('realpath', at, '/a')));
    await client.heard(1280);
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(1280 / 64);
  });

  test('a small WRITE does not keep the large chunk that it came in', async () => {
    const files = new MemoryFiles();
    const client = await RawClient.begun(files);
    const original = files.open.bind(files);
    const kept: number[] = [];
    files.open = async (path, flags, attributes) => {
      const file = await original(path, flags, attributes);
      const put: SftpHandle['write'] = (position, bytes) => {
        kept.push(bytes.buffer.byteLength);
        return file.write(position, bytes);
      };
      return { ...file, write: put };
    };
    const watched = await client.handle(open(2, '/b'));
    const many = Array.from({ length: 3000 }, (_none, at) => request('stat', 10 + at, '/b'));
    const packets = [...many, write(3, watched, [0, 'small'])];
    await client.ask(...packets);
    expect(Buffer.concat(packets).length).toBeGreaterThan(40_000);
    expect(kept).toHaveLength(1);
    expect(kept[0]).toBeLessThanOrEqual(Buffer.poolSize);
  });

  test('too many handles are refused, and a closed one makes room', async () => {
    const client = await RawClient.begun(new MemoryFiles(), { maxHandles: 2 });
    const first = await client.handle(open(1, '/a'));
    await client.handle(request('opendir', 2, '/'));
    const [file, directory] = await client.ask(open(3, '/c'), request('opendir', 4, '/'));
    expect([file!, directory!].map(statusOf)).toEqual(['failure', 'failure']);
    expect(messageOf(file!)).toBe('Too many open handles: 2 are allowed.');
    const after = await client.ask(on('close', 5, first), open(6, '/c'));
    expect(after.map(statusOf)).toEqual(['ok', 102]);
  });

  test('the owner may hold the session back', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = 0;
    const client = new RawClient(new MemoryFiles(), { holdBack: () => (++asked === 2 ? held : undefined) });
    client.send(init, request('stat', 1, '/'));
    await turns(20);
    expect(client.replies).toHaveLength(1);
    release();
    expect(statusOf((await client.heard(2))[1]!)).toBe(105);
  });
});

describe('the end', () => {
  test('at the end of the input the work is finished, then what is open is given up', async () => {
    const files = new MemoryFiles();
    let release = (): void => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    files.beforeWrite = () => stuck;
    const client = await RawClient.begun(files);
    const [left, closed] = [await client.handle(open(1, '/left')), await client.handle(open(2, '/closed'))];
    client.send(write(3, left, [0, 'x']), write(4, closed, [0, 'y']), on('close', 5, closed));
    client.stream.end();
    await turns(20);
    expect(files.log).toEqual(['open /left', 'open /closed']);
    release();
    await expect(client.session.done).resolves.toBe('eof');
    await client.heard(5);
    expect(files.log).toEqual(['open /left', 'open /closed', 'close /closed', 'abandon /left disconnected']);
  });

  test.each(['destroyed', 'destroyed with an error'])('a channel that is %s gives up what is open', async (how) => {
    const files = new MemoryFiles();
    const client = await RawClient.begun(files);
    await client.handle(open(1, '/a'));
    client.channel.destroy(how === 'destroyed' ? undefined : new Error('reset'));
    await expect(client.session.done).resolves.toBe('dropped');
    expect(files.log).toEqual(['open /a', 'abandon /a disconnected']);
    expect(client.errors.map(({ place }) => place)).toEqual(how === 'destroyed' ? [] : ['channel']);
  });

  test('an end within a packet is a broken connection', async () => {
    const client = await RawClient.begun(new MemoryFiles());
    client.send(request('stat', 1, '/').subarray(0, 9));
    client.stream.end();
    await expect(client.session.done).resolves.toBe('dropped');
  });

  test('the owner may close it: running calls end first', async () => {
    const files = new MemoryFiles();
    let release = (): void => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    files.beforeWrite = () => stuck;
    const client = await RawClient.begun(files);
    const handle = await client.handle(open(1, '/a'));
    client.send(write(2, handle, [0, 'x']));
    await turns(20);
    client.session.close();
    await turns(20);
    expect(files.log).toEqual(['open /a']);
    release();
    await expect(client.session.done).resolves.toBe('closed');
    expect(files.log).toEqual(['open /a', 'abandon /a disconnected']);
  });

  test('a file that cannot even be given up does not stop the end', async () => {
    const files = new MemoryFiles();
    const client = await RawClient.begun(files);
    const original = files.open.bind(files);
    files.open = async (path, flags, attributes) => ({
      ...(await original(path, flags, attributes)),
      abandon: () => Promise.reject(new Error('broken')),
    });
    await client.handle(open(1, '/a'));
    await client.handle(open(2, '/b'));
    client.stream.end();
    await expect(client.session.done).resolves.toBe('eof');
    expect(client.errors.map(({ place }) => place)).toEqual(['abandon', 'abandon']);
  });

  test('an error of the channel after the end is not uncaught', async () => {
    const client = await RawClient.begun(new MemoryFiles());
    client.session.close();
    await client.session.done;
    client.channel.destroy(new Error('late'));
    await turns(3);
    expect(client.errors.map(({ place }) => place)).toEqual(['channel']);
  });
});
