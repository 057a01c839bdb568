import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A port that leads to another one until so many bytes have gone there; from then on it holds back all that follows. */
export interface Gate {
  readonly port: number;
  /** Resolves when it has begun to hold back. */
  readonly holds: Promise<void>;
  /** How many bytes the client has sent so far, those held back among them. */
  sent(): number;
  /** Breaks every connection, and with it what was held back. */
  close(): Promise<void>;
}

/** Opens a gate before a port of 127.0.0.1. */
export async function openGate(target: number, bytes: number): Promise<Gate> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  let held = (): void => undefined;
  const holds = new Promise<void>((resolve) => (held = resolve));
  let passed = 0;
  const server = createServer((client) => {
    const door = connect({ port: target, host: '127.0.0.1' });
    keep(client);
    keep(door);
    client.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed < bytes) {
        door.write(chunk);
        return;
      }
      // Not another byte is read, so that the client cannot come to its end either.
      client.pause();
      held();
    });
    door.pipe(client);
    client.on('close', () => door.destroy());
    door.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    holds,
    sent: () => passed,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
