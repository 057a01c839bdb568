import { afterEach, describe, expect, test } from '@jest/globals';
import { liftBan, listBans } from '@rosterport/access';
import { openDatabase } from '@rosterport/database';
import { openLogger, openMetrics, readNetworks, type Metrics, type Networks } from '@rosterport/runtime';
import { testDatabase } from '@rosterport/testing';
import { PassThrough } from 'node:stream';
import { openDoorkeeper, type Doorkeeper, type DoorkeeperOptions } from './doorkeeper.ts';

const database = testDatabase();
const opened: Doorkeeper[] = [];
let logged = '';

afterEach(async () => {
  for (const keeper of opened.splice(0)) await keeper.close();
  await database.db.pool.query('delete from bans');
});

function networks(...texts: readonly string[]): Networks {
  const reading = readNetworks(texts);
  if (!reading.ok) throw new Error(reading.wrong);
  return reading.networks;
}

async function keeper(options: Partial<DoorkeeperOptions> & { readonly metrics?: Metrics } = {}): Promise<Doorkeeper> {
  const stream = new PassThrough();
  stream.on('data', (piece: Buffer) => (logged += piece.toString('utf8')));
  const log = openLogger({ level: 'debug', secrets: [], stream });
  const one = await openDoorkeeper({ database: database.db, log, metrics: openMetrics(), refreshMs: 1_000_000, ...options });
  opened.push(one);
  return one;
}

describe('addresses', () => {
  test.each([
    ['any', [], [], '192.0.2.1', 'welcome'],
    ['one within the allowed', ['192.0.2.0/24'], [], '192.0.2.1', 'welcome'],
    ['one outside of the allowed', ['192.0.2.0/24'], [], '198.51.100.1', 'foreign'],
    ['one that is denied', [], ['198.51.100.0/24'], '198.51.100.1', 'foreign'],
    ['one that is denied within the allowed', ['0.0.0.0/0'], ['198.51.100.0/24'], '::ffff:198.51.100.1', 'foreign'],
    ['none that can be read, where some are allowed', ['0.0.0.0/0', '::/0'], [], '', 'foreign'],
  ] as const)('%s', async (_story, allow, deny, address, expected) => {
    const one = await keeper({ rules: { allow: networks(...allow), deny: networks(...deny) } });
    expect(one.judge(address)).toBe(expected);
  });
});

describe('an address that offends too often', () => {
  test('is banned, here and for another process, with its /64 network and without a word more than that', async () => {
    const metrics = openMetrics();
    const [one, other] = [await keeper({ metrics }), await keeper()];
    for (let count = 0; count < 11; count += 1) one.offend(`2001:db8::${count}`, 'loginRefused');
    expect(one.judge('2001:db8::1')).toBe('welcome');
    for (let count = 0; count < 2; count += 1) one.offend('2001:db8::77', 'loginRefused');
    expect([one.judge('2001:db8::99'), one.judge('2001:db8:0:1::1')]).toEqual(['banned', 'welcome']);
    await one.refresh();
    await other.refresh();
    expect([one.judge('2001:db8::99'), other.judge('2001:db8::5')]).toEqual(['banned', 'banned']);
    expect(await listBans(database.db)).toMatchObject([{ source: '2001:db8::/64', reason: 'loginRefused', times: 1 }]);
    expect(logged).toMatch(/"message":"An address was banned","address":"2001:db8::\/64","reason":"loginRefused","seconds":600,"times":1/);
    expect(await metrics.text()).toMatch(/rosterport_bans_total\{reason="loginRefused"\} 1\n[^]*rosterport_banned_addresses 1\n/);
  });

  test('is let in again everywhere once the ban is lifted', async () => {
    const [one, other] = [await keeper(), await keeper()];
    for (let count = 0; count < 3; count += 1) one.offend('192.0.2.1', 'flood');
    await one.refresh();
    await other.refresh();
    expect([one.judge('192.0.2.1'), other.judge('192.0.2.1')]).toEqual(['banned', 'banned']);
    await liftBan(database.db, '192.0.2.1');
    await one.refresh();
    await other.refresh();
    expect([one.judge('192.0.2.1'), other.judge('192.0.2.1')]).toEqual(['welcome', 'welcome']);
  });

  test('is banned from the first moment of a process on', async () => {
    const one = await keeper();
    for (let count = 0; count < 3; count += 1) one.offend('192.0.2.1', 'flood');
    await one.refresh();
    expect((await keeper()).judge('192.0.2.1')).toBe('banned');
  });

  test('is not banned where addresses are exempt', async () => {
    const one = await keeper({ rules: { exempt: networks('192.0.2.0/24') } });
    for (let count = 0; count < 100; count += 1) one.offend('192.0.2.1', 'flood');
    expect([one.judge('192.0.2.1'), one.isExempt('192.0.2.1'), one.isExempt('192.0.3.1')]).toEqual(['welcome', true, false]);
  });

  test('is banned here while the database is away', async () => {
    const away = await openDatabase({ url: database.url });
    const one = await keeper({ database: away });
    await away.close();
    for (let count = 0; count < 3; count += 1) one.offend('192.0.2.1', 'flood');
    await one.refresh();
    expect(one.judge('192.0.2.1')).toBe('banned');
    expect(await listBans(database.db)).toEqual([]);
  });
});
