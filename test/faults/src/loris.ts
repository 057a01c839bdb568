import { connect, type Socket } from 'node:net';
import type { Product } from '@rosterport/journeys';
import ssh2 from 'ssh2';
import { connectHostile } from './hostile-client.ts';
import { open, write } from './packets.ts';

/** A client that has come to one stage and stays there. */
export interface Loris {
  leave(): void;
  /** Resolves when the connection has ended, from whichever side. */
  readonly over: Promise<unknown>;
}

/** How a client comes to a stage. */
export type Stage = (product: Product) => Promise<Loris>;

/** A key exchange that is begun and not gone on with: lists that the server can take, and no key. */
const keyExchangeInit = ((): Buffer => {
  const lists = ['curve25519-sha256', 'ssh-ed25519', 'aes128-gcm@openssh.com', 'aes128-gcm@openssh.com', '', '', 'none', 'none', '', ''];
  const fields = lists.map((list) => Buffer.concat([Buffer.of(0, 0, 0, list.length), Buffer.from(list)]));
  const payload = Buffer.concat([Buffer.of(20), Buffer.alloc(16), ...fields, Buffer.alloc(5)]);
  const padding = 8 + ((8 - ((payload.length + 13) % 8)) % 8);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(1 + payload.length + padding);
  header.writeUInt8(padding, 4);
  return Buffer.concat([header, payload, Buffer.alloc(padding)]);
})();

/** The stages at which a slow client can hold a connection before it has logged in. */
export const strangers: Readonly<Record<string, Stage>> = {
  'says nothing': (product) => dialled(product, () => undefined),
  'says its name letter by letter': (product) =>
    dialled(product, (socket) => {
      socket.write('S');
      const timer = setInterval(() => socket.write('S'), 200);
      socket.on('close', () => clearInterval(timer));
    }),
  'says its name and no more': (product) => dialled(product, (socket) => void socket.write('SSH-2.0-loris\r\n')),
  'begins the key exchange and no more': (product) =>
    dialled(product, (socket) => void socket.write(Buffer.concat([Buffer.from('SSH-2.0-loris\r\n'), keyExchangeInit]))),
  'does not log in': withoutLogIn,
};

/** The same for a client that has logged in. */
export const guests: Readonly<Record<string, Stage>> = {
  'opens no channel': async (product) => {
    const client = await connectHostile(product);
    return { leave: () => void client.end(), over: client.over };
  },
  'opens a file and writes nothing': async (product) => {
    const client = await connectHostile(product);
    const sftp = await client.sftp();
    await sftp.handle(open(1, `/incoming/${Math.random()}.csv`));
    return { leave: () => void client.end(), over: client.over };
  },
  'writes a byte and no more': async (product) => {
    const client = await connectHostile(product);
    const sftp = await client.sftp();
    const handle = await sftp.handle(open(1, `/incoming/${Math.random()}.csv`));
    await sftp.ask(write(2, handle, { at: 0, bytes: Buffer.of(65) }));
    return { leave: () => void client.end(), over: client.over };
  },
  'writes a byte now and then': async (product) => {
    const client = await connectHostile(product);
    const sftp = await client.sftp();
    const handle = await sftp.handle(open(1, `/incoming/${Math.random()}.csv`));
    let at = 0;
    const timer = setInterval(() => {
      sftp.send(write(2, handle, { at, bytes: Buffer.of(65) }));
      at += 1;
    }, 500);
    void client.over.then(() => clearInterval(timer));
    return { leave: () => void client.end(), over: client.over };
  },
};

async function dialled({ facts }: Product, speak: (socket: Socket) => void): Promise<Loris> {
  const socket = connect(facts.sftpPort, '127.0.0.1');
  socket.on('error', () => socket.destroy()).resume();
  const over = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  speak(socket);
  return { leave: () => void socket.destroy(), over };
}

async function withoutLogIn({ facts }: Product): Promise<Loris> {
  const client = new ssh2.Client();
  client.on('error', () => client.end());
  const over = new Promise<void>((resolve) => client.once('close', () => resolve()));
  const greeted = new Promise<void>((resolve) => client.once('handshake', () => resolve()));
  // The method that comes next is never named.
  client.connect({ host: '127.0.0.1', port: facts.sftpPort, username: 'loris', readyTimeout: 0, authHandler: () => undefined });
  await greeted;
  return { leave: () => void client.end(), over };
}
