import { connect as connectSocket, type Socket } from 'node:net';

const signature = '0d0a0d0a000d0a515549540a';

/** A PROXY header of version 2 for a client with this IPv4 address. */
export function proxyHeader(address: string): Buffer {
  const source = address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0')).join('');
  return Buffer.from(`${signature}2111000c${source}7f000001ddd508ae`, 'hex');
}

/** A PROXY header of version 2 for a connection of the proxy itself. */
export const localHeader = Buffer.from(`${signature}20000000`, 'hex');

/** A socket on which these bytes were sent first. */
export async function socketAfter(port: number, first: Buffer): Promise<Socket> {
  const socket = connectSocket(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(first);
  return socket;
}
