import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A port that leads to another one, which may change or go away while others are connected. */
export interface Forwarder {
  readonly port: number;
  /** From now on it leads there; `null` for nowhere. Who is connected is cut off. */
  leadTo(port: number | null): void;
  close(): Promise<void>;
}

/** Opens a port of 127.0.0.1 that leads nowhere yet. */
export async function openForwarder(): Promise<Forwarder> {
  let target: number | null = null;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (target === null) {
      client.destroy();
      return;
    }
    const database = connect({ port: target, host: '127.0.0.1' });
    keep(database);
    client.pipe(database).pipe(client);
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => {
      target = port;
      cut();
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
