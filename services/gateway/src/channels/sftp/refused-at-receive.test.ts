import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { changeTenant, type TenantChanges } from '@rosterport/access';
import { openStaging, systemDisk, type Disk, type Staging } from '@rosterport/staging';
import { join } from 'node:path';
import { ensureHostKeys } from '../../host-keys.ts';
import { openQuotas } from '../../limits/quotas.ts';
import { withQuotas } from '../../quota-door.ts';
import { openDoor } from '../../receive.ts';
import { openSftp, type SftpServer } from './open-sftp.ts';
import { doorUnderTest } from './test/door-under-test.ts';
import { errorOf, sftpClient, type SftpClient } from './test/sftp-client.ts';

const door = doorUnderTest();
const limitBytes = 20;
/** The step of the disk that finds no room. */
let full: 'create' | 'write' | 'truncate' | 'rename' | undefined;
let staging: Staging;
let server: SftpServer;
let serial = 0;

const noRoomAt = (step: typeof full): void => {
  if (step === full) throw Object.assign(new Error('ENOSPC: made for a test'), { code: 'ENOSPC' });
};

const disk: Disk = {
  ...systemDisk,
  async create(path) {
    noRoomAt('create');
    const file = await systemDisk.create(path);
    return {
      ...file,
      async write(bytes, position) {
        noRoomAt('write');
        return file.write(bytes, position);
      },
      async truncate(size) {
        noRoomAt('truncate');
        await file.truncate(size);
      },
    };
  },
  async rename(from, to) {
    noRoomAt('rename');
    await systemDisk.rename(from, to);
  },
};

beforeAll(async () => {
  staging = await openStaging({ folder: join(door.folder, 'small'), log: door.context.log, disk, heldBytes: 0 });
  const context = { ...door.context, staging, door: withQuotas(openDoor({ ...door.context, staging }), openQuotas({ database: door.database.db })) };
  const { keys } = await ensureHostKeys(join(door.folder, 'ssh'));
  server = await openSftp(context, { port: 0, host: '127.0.0.1', hostKeys: keys, limitBytes });
});
afterAll(async () => {
  await server.close();
  await staging.close();
});

/** What a client does to put a file there, request by request. */
const requests = {
  OPEN: (client: SftpClient, path: string) => client.open(path, 'w'),
  WRITE: async (client: SftpClient, path: string, content: string) => client.write(await client.open(path, 'w'), content),
  FSETSTAT: async (client: SftpClient, path: string, content: string) => {
    const handle = await client.open(path, 'w');
    await new Promise<void>((resolve, reject) => {
      client.sftp.fsetstat(handle, { size: content.length }, (error) => (error ? reject(error) : resolve()));
    });
  },
  CLOSE: (client: SftpClient, path: string, content: string) => client.put(path, content),
  RENAME: async (client: SftpClient, path: string, content: string) => {
    await client.put('/whole.csv.part', content);
    await client.rename('/whole.csv.part', path);
  },
} as const;

interface Refusal {
  /** The request at which it fails; every one before it is well. */
  readonly at: keyof typeof requests;
  readonly says: string;
  readonly content?: string;
  readonly path?: string;
  readonly quota?: TenantChanges;
  readonly step?: typeof full;
  /** The code that the log tells; none where the sender can mend it. */
  readonly told?: string;
}

const noRoom = 'There is no space left to keep the file.';
const tooLarge = 'The file is larger than the 20 bytes that are allowed here.';
const beyondBytes = 'The tenant may send no more today: 10 bytes a day are allowed.';
const tooLong = 'The file name cannot be used: it is longer than 255 bytes.';
const longPath = `/${'ä'.repeat(126)}.csv`;

const refusals: readonly (readonly [string, Refusal])[] = [
  ['the quota of files', { at: 'OPEN', says: 'The tenant may send no more today: 0 files a day are allowed.', quota: { dailyFiles: 0 }, told: 'quotaExceeded' }],
  ['the quota of bytes, used up', { at: 'OPEN', says: 'The tenant may send no more today: 0 bytes a day are allowed.', quota: { dailyBytes: 0 }, told: 'quotaExceeded' }],
  ['the quota of bytes, crossed', { at: 'WRITE', says: beyondBytes, quota: { dailyBytes: 10 }, content: 'eleven byte', told: 'quotaExceeded' }],
  ['the quota of bytes, crossed by its size', { at: 'FSETSTAT', says: beyondBytes, quota: { dailyBytes: 10 }, content: 'eleven byte', told: 'quotaExceeded' }],
  ['the limit of a file', { at: 'WRITE', says: tooLarge, content: 'x'.repeat(limitBytes + 1) }],
  ['the limit of a file, by its size', { at: 'FSETSTAT', says: tooLarge, content: 'x'.repeat(limitBytes + 1) }],
  ['a control character in the name', { at: 'OPEN', says: 'The file name cannot be used: it contains a control character.', path: '/a\u0001.csv' }],
  ['a name that is too long', { at: 'OPEN', says: tooLong, path: longPath }],
  ['a last name that is too long', { at: 'RENAME', says: tooLong, path: longPath }],
  ['a full disk', { at: 'OPEN', says: noRoom, step: 'create', told: 'storageFull' }],
  ['a disk that is full by now', { at: 'WRITE', says: noRoom, step: 'write', told: 'storageFull' }],
  ['a disk without room for its size', { at: 'FSETSTAT', says: noRoom, step: 'truncate', told: 'storageFull' }],
  ['a disk without room for the end', { at: 'CLOSE', says: noRoom, step: 'rename', told: 'storageFull' }],
  ['a disk without room at the last name', { at: 'RENAME', says: noRoom, step: 'rename', told: 'storageFull' }],
];

describe('a refusal at the door', () => {
  test.each(refusals)('by %s fails its request, and then there is no such file', async (_, refusal) => {
    const { at, says, content = 'content', path = '/a.csv', quota = {}, step, told } = refusal;
    const who = await door.account(`tenant-${(serial += 1)}`);
    await changeTenant(door.database.db, who.tenant.name, quota);
    const client = await sftpClient({ port: server.port, username: who.tenant.name, password: who.token });
    full = step;
    try {
      expect(await errorOf(requests[at](client, path, content))).toBe(says);
    } finally {
      full = undefined;
    }
    expect(await errorOf(client.stat(path))).toBe('There is no such file.');
    expect(await client.names('/incoming')).toEqual(at === 'RENAME' && step === undefined ? ['whole.csv.part'] : []);
    await client.end();
    expect(await door.jobs(who)).toEqual([]);
    const lines = door.log().split('\n').filter((line) => line.includes('An upload'));
    const ofTenant = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ tenant }) => tenant === who.tenant.id);
    const line = { time: expect.any(String), level: 'warn', message: 'An upload was refused', channel: 'sftp', tenant: who.tenant.id, code: told };
    expect(ofTenant).toEqual(told === undefined ? [] : [line]);
  });
});
