import { describe, expect, test } from '@jest/globals';
import { changeTenant } from '@rosterport/access';
import { openDatabase } from '@rosterport/database';
import { temporaryFolder } from '@rosterport/testing';
import { openGateway } from './channels/https/test/gateway.ts';
import { doorUnderTest, type Account } from './channels/sftp/test/door-under-test.ts';
import { errorOf, sftpClient } from './channels/sftp/test/sftp-client.ts';
import { openQuotas } from './limits/quotas.ts';
import { withQuotas } from './quota-door.ts';

const door = doorUnderTest();
const folder = temporaryFolder();
let serial = 0;

async function tenantWith(quota: { readonly dailyBytes?: number; readonly dailyFiles?: number }): Promise<Account> {
  const account = await door.account(`tenant-${(serial += 1)}`);
  await changeTenant(door.database.db, account.tenant.name, quota);
  return account;
}

function enter({ tenant, token }: Account) {
  return sftpClient({ port: door.server.port, username: tenant.name, password: token });
}

const beyondBytes = 'The tenant may send no more today: 10 bytes a day are allowed.';
const beyondFiles = 'The tenant may send no more today: 2 files a day are allowed.';

describe('over SFTP', () => {
  test('bytes beyond the quota are refused at the byte that goes beyond, then at OPEN, and then there is no such file', async () => {
    const account = await tenantWith({ dailyBytes: 10 });
    const client = await enter(account);
    await client.put('/a.csv', '1234');
    expect(await errorOf(client.put('/b.csv', '1234567'))).toBe(beyondBytes);
    expect(await errorOf(client.stat('/b.csv'))).toBe('There is no such file.');
    await client.put('/c.csv', '123456');
    expect(await errorOf(client.open('/d.csv', 'w'))).toBe(beyondBytes);
    expect((await door.jobs(account)).map(({ size }) => size)).toEqual([4, 6]);
    expect(await door.context.quotas.left(account.tenant.id)).toEqual({ bytes: 0, files: null, dailyBytes: 10, dailyFiles: null });
    await client.end();
  });

  test('uploads under way count, and give back what they held when they are gone', async () => {
    const account = await tenantWith({ dailyBytes: 10 });
    const client = await enter(account);
    const [first, second] = [await client.open('/a.csv', 'w'), await client.open('/b.csv', 'w')];
    await client.write(first, '12345678');
    expect(await errorOf(client.write(second, '123'))).toBe(beyondBytes);
    await new Promise<void>((resolve) => client.sftp.fsetstat(first, { size: 2 }, () => resolve()));
    const third = await client.open('/c.csv', 'w');
    await client.write(third, '12345678');
    expect(await errorOf(client.write(third, '9', 8))).toBe(beyondBytes);
    await client.closeHandle(first);
    expect((await door.jobs(account)).map(({ size }) => size)).toEqual([2]);
    await client.end();
  });

  test('files beyond the quota are refused at OPEN', async () => {
    const account = await tenantWith({ dailyFiles: 2 });
    const client = await enter(account);
    await client.put('/a.csv', '1');
    await client.put('/b.csv', '1');
    expect(await errorOf(client.open('/c.csv', 'w'))).toBe(beyondFiles);
    await client.end();
  });
});

test('over HTTPS the same quota is kept, known by the declared size or by the bytes', async () => {
  const account = await tenantWith({ dailyBytes: 10 });
  const gateway = await openGateway(door.database.db, folder);
  const { token } = account;
  const send = (content: string, more: Readonly<Record<string, string>> = {}) =>
    gateway.send({ method: 'POST', path: '/v1/files', headers: { authorization: token, 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="a.csv"', ...more }, body: Buffer.from(content) });
  const refused = { status: 413, text: expect.stringContaining('"code":"quotaExceeded"') };
  expect(await send('12345678')).toMatchObject({ status: 202 });
  expect(await send('123')).toMatchObject(refused);
  expect(await gateway.upload(token, { content: '123' })).toMatchObject({ status: 400, text: expect.stringContaining('"code":"quotaExceeded"') });
  expect(await send('12')).toMatchObject({ status: 202 });
  expect(await send('')).toMatchObject(refused);
  await gateway.close();
  expect((await door.jobs(account)).map(({ size }) => size)).toEqual([8, 2]);
  const told = gateway.log().split('\n').filter((line) => line.includes('An upload was refused'));
  const line = { time: expect.any(String), level: 'warn', message: 'An upload was refused', channel: 'https', tenant: account.tenant.id, code: 'quotaExceeded' };
  expect(told.map((text) => JSON.parse(text) as unknown)).toEqual([line, line, line]);
});

describe('a quota', () => {
  const arrivalOf = ({ tenant }: Account, channel: 'https' | 'drop-folder', size?: number) => ({
    sender: { tenantId: tenant.id, feedId: tenant.id as never, credentialId: null },
    channel,
    limitBytes: 1_000,
    ...(size === undefined ? {} : { said: { size } }),
  });

  test('refuses what is declared to go beyond before its first byte, and not what a drop folder takes', async () => {
    const account = await tenantWith({ dailyBytes: 10 });
    const begun: string[] = [];
    const counting = withQuotas({ ...door.context.door, begin: ({ channel }) => Promise.reject(new Error(`begun ${begun.push(channel)}`)) }, openQuotas({ database: door.database.db }));
    await expect(counting.begin(arrivalOf(account, 'https', 11))).rejects.toMatchObject({ code: 'quotaExceeded' });
    await expect(counting.begin(arrivalOf(account, 'https', 10))).rejects.toThrow('begun 1');
    await expect(counting.begin(arrivalOf(account, 'https', 10))).rejects.toThrow('begun 2');
    await expect(counting.begin(arrivalOf(account, 'drop-folder', 11))).rejects.toThrow('begun 3');
  });

  test('begins anew with the day of UTC, holds over processes, and is the usual one where the tenant has none', async () => {
    const account = await tenantWith({});
    const { id } = account.tenant;
    const client = await enter(account);
    await client.put('/a.csv', '1234567');
    await client.end();
    let now = new Date();
    const other = openQuotas({ database: door.database.db, usual: { dailyBytes: 10, dailyFiles: 5 }, clock: { now: () => now }, freshMs: 0 });
    expect(await other.left(id)).toEqual({ bytes: 3, files: 4, dailyBytes: 10, dailyFiles: 5 });
    now = new Date(now.getTime() + 86_400_000);
    expect(await other.left(id)).toMatchObject({ bytes: 10, files: 5 });
  });

  test('goes by what was known last while the database is away', async () => {
    const account = await tenantWith({ dailyFiles: 1 });
    const database = await openDatabase({ url: door.database.url });
    const quotas = openQuotas({ database, freshMs: 0, usual: { dailyFiles: 2 } });
    const share = await quotas.take(account.tenant.id);
    await database.close();
    await expect(quotas.take(account.tenant.id)).rejects.toMatchObject({ code: 'quotaExceeded' });
    share.free();
    await expect(quotas.take(account.tenant.id)).resolves.toBeDefined();
  });
});
