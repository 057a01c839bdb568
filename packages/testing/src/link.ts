import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A stretch of network between us and the database that can be broken and mended. */
export interface Link {
  /** The database behind the link. */
  readonly url: string;
  /** Ends all connections and every new one. */
  cut(): void;
  /** Keeps connections open and passes nothing on. */
  clog(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a link that leads to the database of the URL. */
export async function openLink(databaseUrl: string): Promise<Link> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'clogged' = 'whole';
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    if (state === 'cut') return near.destroy();
    const far = createConnection({ host: target.hostname, port: Number(target.port) });
    keep(near);
    keep(far);
    near.on('data', (bytes) => state === 'whole' && far.write(bytes)).on('close', () => far.destroy());
    far.on('data', (bytes) => state === 'whole' && near.write(bytes)).on('close', () => near.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const linked = new URL(databaseUrl);
  linked.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const end = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: linked.href,
    cut: () => ((state = 'cut'), end()),
    clog: () => (state = 'clogged'),
    // What was lost on a clogged link does not come back, so its connections end.
    mend: () => (end(), (state = 'whole')),
    close: () => (end(), new Promise((resolve) => server.close(() => resolve()))),
  };
}
