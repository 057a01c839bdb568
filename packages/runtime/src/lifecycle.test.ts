import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { Lifecycle, type Part } from './lifecycle.ts';
import { openLogger } from './open-logger.ts';

function setUp(closeWithinMs = 5000) {
  const stream = new PassThrough();
  const log = openLogger({ level: 'info', secrets: [], stream });
  const events: string[] = [];
  const part = (name: string, close: () => Promise<unknown> = () => Promise.resolve()): Part<string> => ({
    open: () => {
      events.push(`open ${name}`);
      return Promise.resolve(name);
    },
    close: (opened) => {
      events.push(`close ${opened}`);
      return close();
    },
  });
  const logged = async (): Promise<string> => {
    await log.close();
    return String(stream.read() ?? '');
  };
  return { lifecycle: new Lifecycle({ log, closeWithinMs }), events, part, logged };
}

test('parts are opened in order and closed in reverse, once', async () => {
  const { lifecycle, events, part, logged } = setUp();
  expect(await lifecycle.add('a', part('a'))).toBe('a');
  await lifecycle.add('b', part('b'));
  expect(await Promise.all([lifecycle.closeAll(), lifecycle.closeAll()])).toEqual([true, true]);
  expect(await lifecycle.closeAll()).toBe(true);
  expect(events).toEqual(['open a', 'open b', 'close b', 'close a']);
  expect(await logged()).toBe('');
});

test('a part that fails or hangs is logged and the others are closed', async () => {
  const { lifecycle, events, part, logged } = setUp(50);
  await lifecycle.add('a', part('a'));
  await lifecycle.add('b', part('b', () => Promise.reject(new Error('stuck door'))));
  await lifecycle.add('c', part('c', () => new Promise(() => undefined)));
  expect(await lifecycle.closeAll()).toBe(false);
  expect(events.slice(3)).toEqual(['close c', 'close b', 'close a']);
  const text = await logged();
  expect(text).toContain('stuck door');
  expect(text).toContain('not closed after 50 ms');
  expect(text.trim().split('\n')).toHaveLength(2);
});

test('a part that does not open is not closed, those before it are', async () => {
  const { lifecycle, events, part } = setUp();
  await lifecycle.add('a', part('a'));
  const failing = { open: () => Promise.reject(new Error('no')), close: () => Promise.reject(new Error('never opened')) };
  await expect(lifecycle.add('b', failing)).rejects.toThrow('no');
  expect(await lifecycle.closeAll()).toBe(true);
  expect(events).toEqual(['open a', 'close a']);
});

test('what is being opened while all is closed is closed too, and nothing is opened after', async () => {
  const { lifecycle, events, part } = setUp();
  let open: (name: string) => void = () => undefined;
  const slow = lifecycle.add('slow', { ...part('slow'), open: () => new Promise<string>((resolve) => (open = resolve)) });
  const outcome = expect(slow).rejects.toMatchObject({ code: 'stopping' });
  const closed = lifecycle.closeAll();
  await expect(lifecycle.add('late', part('late'))).rejects.toMatchObject({ code: 'stopping' });
  open('slow');
  await outcome;
  expect(await closed).toBe(true);
  expect(events).toEqual(['close slow']);
});
