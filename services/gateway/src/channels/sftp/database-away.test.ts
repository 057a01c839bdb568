import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase, type Database } from '@rosterport/database';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { ensureHostKeys } from '../../host-keys.ts';
import { openDoor } from '../../receive.ts';
import { openSftp, type SftpServer } from './open-sftp.ts';
import { doorUnderTest } from './test/door-under-test.ts';
import { errorOf, sftpClient } from './test/sftp-client.ts';

const door = doorUnderTest();
let away: Database;
let server: SftpServer;

/** A database that was there when it was opened, and is away since. */
async function openAway(): Promise<Database> {
  const url = new URL(door.database.url);
  const target = { host: url.hostname, port: Number(url.port) };
  const sockets: Socket[] = [];
  const proxy = createServer((socket) => {
    const onward = connect(target);
    for (const one of [socket, onward]) sockets.push(one.on('error', () => one.destroy()));
    socket.pipe(onward).pipe(socket);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  url.hostname = '127.0.0.1';
  url.port = String((proxy.address() as AddressInfo).port);
  const opened = await openDatabase({ url: url.href });
  for (const socket of sockets) socket.destroy();
  await once(proxy.close(), 'close');
  return opened;
}

beforeAll(async () => {
  away = await openAway();
  const context = { ...door.context, database: away, door: openDoor({ ...door.context, database: away }) };
  const { keys } = await ensureHostKeys(join(door.folder, 'ssh'));
  server = await openSftp(context, { port: 0, host: '127.0.0.1', hostKeys: keys, limitBytes: 1000 });
});
afterAll(async () => {
  await server.close();
  await away.close();
});

test('uploads are taken while the database is away, and become jobs when it is back', async () => {
  const account = await door.account('acme');
  const client = await sftpClient({ port: server.port, username: 'acme', password: account.token });
  const isAway = 'The database cannot be reached.';

  expect(await errorOf(client.stat('/a.csv'))).toBe('There is no such file.');
  await client.put('/a.csv', 'content');
  expect(await client.stat('/a.csv')).toMatchObject({ size: 7 });
  expect(await client.names('/incoming')).toEqual(['a.csv']);
  expect(await errorOf(client.names('/receipts'))).toBe(isAway);
  expect(await errorOf(client.remove('/a.csv'))).toBe(isAway);
  expect(await errorOf(client.rename('/a.csv', '/b.csv'))).toBe(isAway);
  await client.put('/full/all.csv', 'content');
  expect(await client.names('/full')).toEqual(['all.csv']);
  expect(await errorOf(client.names('/feeds'))).toBe(isAway);
  expect(await errorOf(client.put('/feeds/default/a.csv', 'content'))).toBe(isAway);
  expect(await door.jobs(account)).toEqual([]);
  await client.end();

  for (const envelope of await door.context.staging.sealed()) await door.context.door.register(envelope);
  expect(await door.jobs(account)).toMatchObject([
    { file_name: 'a.csv', state: 'staged', size: 7, mode: 'delta' },
    { file_name: 'all.csv', state: 'staged', size: 7, mode: 'full' },
  ]);
});
