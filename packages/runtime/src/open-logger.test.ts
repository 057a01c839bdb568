import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import type { LogLevel } from './logger.ts';
import { openLogger, type ProcessLogger } from './open-logger.ts';
import { Secret } from './secret.ts';

async function written(
  write: (log: ProcessLogger) => void,
  options: { level?: LogLevel; secrets?: readonly string[]; terminal?: boolean } = {},
): Promise<string> {
  const stream = Object.assign(new PassThrough(), { isTTY: options.terminal === true });
  const log = openLogger({ level: options.level ?? 'info', secrets: options.secrets ?? [], stream });
  write(log);
  await log.close();
  return String(stream.read() ?? '');
}

async function lines(...given: Parameters<typeof written>): Promise<Record<string, unknown>[]> {
  const text = await written(...given);
  return text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('writes one JSON object a line, with the fields of every ancestor', async () => {
  const [first, second, ...more] = await lines((log) => {
    log.info('A job began', { rows: 3 });
    log.child({ job: 'j1' }).child({ step: 'parse' }).warn('A step was slow', { step: 'plan' });
  });
  expect(first).toEqual({ time: expect.stringMatching(/^\d{4}-.*Z$/), level: 'info', message: 'A job began', rows: 3 });
  expect(second).toMatchObject({ level: 'warn', message: 'A step was slow', job: 'j1', step: 'plan' });
  expect(more).toEqual([]);
});

test('drops what matters less than the level', async () => {
  const write = (log: ProcessLogger) => {
    log.debug('d');
    log.info('i');
    log.warn('w');
    log.error('e');
  };
  expect((await lines(write, { level: 'warn' })).map((line) => line['message'])).toEqual(['w', 'e']);
  expect(await lines(write, { level: 'debug' })).toHaveLength(4);
});

test('masks secrets wherever they stand', async () => {
  const text = await written(
    (log) => {
      log.hide('made later');
      log.info('the pa"ss\nword is not here', { a: ['x pa"ss\nword y'], 'pa"ss\nword': new Map([['k', 'pa"ss\nword']]) });
      log.error('broke', { error: new Error('bad pa"ss\nword', { cause: new Error('made later') }), token: new Secret('t') });
      log.info('encoded', { url: `https://x/?q=${encodeURIComponent('pa"ss\nword')}`, pin: 123_456 });
    },
    { secrets: ['pa"ss\nword', '123456', ''] },
  );
  for (const leak of ['pa"ss', 'pa\\"ss', 'pa%22ss', 'made later', '123456']) expect(text).not.toContain(leak);
  expect(text.match(/\*\*\*/g)?.length).toBeGreaterThanOrEqual(8);
});

test('keeps fields apart from the parts of a line', async () => {
  const [line] = await lines((log) => log.info('said', { message: 'm', level: 'l', time: 't', splat: [1] }));
  expect(line).toMatchObject({ message: 'said', level: 'info', message_: 'm', level_: 'l', time_: 't', splat: [1] });
});

test('takes any value', async () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const [line] = await lines((log) =>
    log.info('odd', {
      circle,
      big: 10n,
      bytes: new Uint8Array(5),
      when: new Date(0),
      bad: Number.NaN,
      none: undefined,
      nothing: null,
      set: new Set([1]),
      error: Object.assign(new TypeError('t'), { code: 'X' }),
    }),
  );
  expect(line).toMatchObject({
    circle: { self: '[circle]' },
    big: '10',
    bytes: '[5 bytes]',
    when: '1970-01-01T00:00:00.000Z',
    bad: 'NaN',
    nothing: null,
    set: [1],
    error: { name: 'TypeError', message: 't', code: 'X', stack: expect.stringContaining('TypeError: t') },
  });
});

test('tells of an error of a database without the rows that it quotes', async () => {
  const quoting = { severity: 'ERROR', detail: 'Key (email)=(ann@a.example)', where: 'COPY users, line 1: ann@a.example', internalQuery: 'ann@a.example' };
  const [constraint, value] = await lines((log) => {
    log.error('broke', { error: Object.assign(new Error('duplicate key'), quoting, { code: '23505', constraint: 'users_one' }) });
    log.error('broke', { error: new Error('knex', { cause: Object.assign(new Error('invalid input: "ann@a.example"'), quoting, { code: '22P02' }) }) });
  });
  expect(constraint?.['error']).toEqual({ name: 'Error', message: 'duplicate key', stack: expect.any(String), severity: 'ERROR', code: '23505', constraint: 'users_one' });
  expect(value?.['error']).toMatchObject({ message: 'knex', cause: { message: '[of a value]', code: '22P02' } });
  expect(JSON.stringify(value)).not.toContain('ann@');
});

test('writes for people on a terminal, and lets no stranger steer it', async () => {
  const text = await written(
    (log) => log.error('It broke', { name: '\u001b[2Jx\u009b', rows: 2, error: new Error('deep') }),
    { terminal: true },
  );
  // eslint-disable-next-line no-control-regex -- the colours are what is taken away
  const plain = text.replace(/\u001b\[\d+m/g, '');
  expect(plain).toMatch(/^\d\d:\d\d:\d\d\.\d{3} error It broke name="\\u001b\[2Jx\\x9b" rows=2 error=\{/);
  expect(plain).toContain('\n    at ');
  expect(plain).not.toContain('\u009b');
});

test('survives a broken stream, and says nothing after it was closed', async () => {
  const stream = new PassThrough();
  const log = openLogger({ level: 'info', secrets: [], stream });
  stream.destroy(new Error('gone'));
  log.info('lost');
  await log.close();
  log.info('late');
  await log.close();
  expect(stream.read()).toBeNull();
});
