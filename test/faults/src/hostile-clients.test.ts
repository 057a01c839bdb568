import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { list, put, removeDataDir, startProduct, until, withSftp, type Product } from '@rosterport/journeys';
import { connectHostile, type HostileClient } from './hostile-client.ts';
import { feltBy } from './others.ts';
import { requestTypes, string, u32, u64 } from '@rosterport/sftp';
import { init, on, open, packet, read, write } from './packets.ts';

/**
 * The stated bound: whatever one client does, the process grows by no more than this. A channel keeps up to 2 MiB that
 * arrive, 2 MiB in hand and 2 MiB of answers; a connection has 10 channels; the rest is room for the collector of garbage.
 */
const boundMiB = 160;

let product: Product;
beforeAll(async () => {
  // The limit of channels cuts such a client long before; here it is what is behind the limit that must stand.
  product = await startProduct({ env: { ROSTERPORT_CHANNEL_OPENS_PER_MINUTE: '1000000' } });
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

/** Runs an attack beside another session; afterwards the product takes a file from a newcomer as ever. */
async function withstood(what: string, attack: (client: HostileClient) => Promise<void>): Promise<void> {
  const felt = await feltBy(product, what, async () => {
    const client = await connectHostile(product);
    try {
      await attack(client);
    } finally {
      client.deafen(false);
      await client.end();
    }
  });
  expect(felt.answered).toBeGreaterThan(0);
  expect(felt.grownMiB).toBeLessThan(boundMiB);
  await withSftp(product, (sftp) => put(sftp, '/incoming/after.csv', Buffer.from('no;header\n')));
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe('a client whose channel takes packets of next to nothing', () => {
  test.each([0, 1, 1023])('%i bytes: its connection is ended', async (packetSize) => {
    for (const what of ['sftp', 'command'] as const) {
      await withstood(`packets of ${packetSize} bytes, ${what}`, async (client) => {
        const channel = await client.channel({ packetSize });
        if (channel !== undefined) client.askFor(channel.id, what);
        await client.over;
      });
    }
  });
});

describe('floods', () => {
  test('WRITEs beyond the window end the connection', async () => {
    await withstood('WRITEs beyond the window', async (client) => {
      const sftp = await client.sftp();
      // Far behind, so that each is written to the disk: a small file is taken in as fast as it can be sent.
      const block = write(2, await sftp.handle(open(1, '/incoming/flood.csv')), { at: 2 ** 20, bytes: Buffer.alloc(31_999, 65) });
      client.deafen(true);
      for (let sent = 0; sent < 8_000 && !client.isOver; sent += 1) {
        sftp.send(block);
        if (sent % 50 === 0) await soon();
      }
      client.deafen(false);
      await client.over;
    });
  });

  test('WRITEs within the windows of ten channels, with no reply read, wait within the bound', async () => {
    await withstood('WRITEs without reading replies', async (client) => {
      const channels = await Promise.all(Array.from({ length: 10 }, () => client.sftp()));
      const files = await Promise.all(channels.map((sftp, at) => sftp.handle(open(1, `/incoming/flood-${at}.csv`))));
      client.deafen(true);
      for (const [at, sftp] of channels.entries()) {
        const block = write(2, files[at] ?? Buffer.alloc(0), { at: 0, bytes: Buffer.alloc(30_000, 65) });
        for (let sent = 0; sent < 60; sent += 1) sftp.send(block);
        await soon();
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(client.isOver).toBe(false);
    });
  });

  test('READs whose answers nobody takes are not answered without end', async () => {
    const rows = Array.from({ length: 200 }, (_none, at) => `u${at};First;Last;no-address;`).join('\n');
    const header = 'ExternalId;FirstName;LastName;Email;PhoneNumber';
    const name = await withSftp(product, async (sftp) => {
      await put(sftp, '/incoming/receipt.csv', Buffer.from(`${header}\n${rows}\n`));
      const receipt = async (): Promise<string | undefined> => (await list(sftp, '/receipts')).find((found) => found.startsWith('receipt.csv.'));
      return until('a receipt is there', receipt);
    });
    await withstood('READs without reading replies', async (client) => {
      const sftp = await client.sftp();
      const handle = await sftp.handle(open(1, `/receipts/${name}`, 1));
      client.deafen(true);
      for (let sent = 0; sent < 30_000 && !client.isOver; sent += 1) {
        sftp.send(read(sent, handle, 255 * 1024));
        if (sent % 500 === 0) await soon();
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    });
  });

  test('a hundred thousand channels are asked for, and the answers are read or not', async () => {
    for (const isDeaf of [false, true]) {
      await withstood(`100,000 channels${isDeaf ? ' without reading answers' : ''}`, async (client) => {
        client.deafen(isDeaf);
        for (let asked = 0; asked < 100_000; asked += 1) {
          client.askForChannel();
          if (asked % 500 === 0) await soon();
        }
        expect(client.isOver).toBe(false);
        await new Promise((resolve) => setTimeout(resolve, 500));
      });
    }
  });

  test('a thousand files are opened and none is closed: as many as may be are, the rest is refused', async () => {
    await withstood('1,000 open files', async (client) => {
      const sftp = await client.sftp();
      const answers: (number | undefined)[] = [];
      for (let at = 0; at < 1_000; at += 1) answers.push((await sftp.ask(open(at, `/incoming/${at}.csv`)))?.[0]);
      const opened = answers.filter((answer) => answer === 102).length;
      expect(opened).toBeGreaterThan(0);
      expect(opened).toBeLessThanOrEqual(128);
      expect(answers.filter((answer) => answer === 101)).toHaveLength(1_000 - opened);
    });
  });
});

describe('packets that are not the protocol', () => {
  const numbers = [...Object.values(requestTypes).filter((type) => type !== requestTypes.init), 0, 2, 101, 201, 255];
  const cut: readonly (readonly [string, (type: number) => Buffer])[] = [
    ['with nothing but its type', (type) => packet(type)],
    ['cut within its id', (type) => packet(type, Buffer.of(0, 0))],
    ['with a string that runs past its end', (type) => packet(type, u32(1), u32(0xffffffff), Buffer.from('short'))],
    ['with a string that nearly ends it', (type) => packet(type, u32(1), string('/incoming/a'), Buffer.of(0))],
    ['of NULs', (type) => packet(type, Buffer.alloc(300))],
    ['of ones', (type) => packet(type, Buffer.alloc(300, 0xff))],
  ];

  test.each(cut)('a packet of any type %s is refused, or ends its session and no other', async (what, spoilt) => {
    await withstood(`packets ${what}`, async (client) => {
      for (const type of numbers) {
        const sftp = await client.sftp();
        const reply = await sftp.ask(spoilt(type));
        // Zeros make a whole OPENDIR of the root; nothing makes DATA.
        expect(reply?.[0]).not.toBe(103);
        if (reply !== undefined) sftp.close();
      }
      expect(client.isOver).toBe(false);
    });
  });

  test.each([
    ['a length of 0', u32(0)],
    ['a length of 4 GiB', u32(0xffffffff)],
    ['a length just beyond the limit', u32(257 * 1024 + 1)],
    ['a second INIT', init],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n')],
  ])('%s ends the session', async (what, bytes) => {
    await withstood(what, async (client) => {
      const sftp = await client.sftp();
      expect(await sftp.ask(bytes)).toBeUndefined();
    });
  });

  test('an offset beyond every file is refused, and the file is as long as it was', async () => {
    await withstood('an offset of 2^63', async (client) => {
      const sftp = await client.sftp();
      const handle = await sftp.handle(open(1, '/incoming/far.csv'));
      const far = packet('write', u32(2), string(handle), Buffer.of(0x7f, ...Array<number>(7).fill(0xff)), string('x'));
      expect((await sftp.ask(far))?.[0]).toBe(requestTypes.init + 100);
      const size = await sftp.ask(on('fstat', 3, handle));
      expect(size?.subarray(9, 17)).toEqual(u64(0));
    });
  });
});
