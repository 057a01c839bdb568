import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Server as HttpsServer } from 'node:https';
import { clientAddress, peerAddress, type ProxyRules } from './client-address.ts';

/** A server for HTTPS that knows where its clients are. */
export interface KnownClients {
  /** What is to listen, and to be closed. */
  readonly listener: NetServer;
  /** Where the client of a connection of the server is; empty when that is gone. */
  readonly addressOf: (socket: Socket) => string;
}

/** Lets an HTTPS server take its connections through a server of our own, which reads what trusted proxies send first. */
export function behindProxies(server: HttpsServer, rules: ProxyRules): KnownClients {
  if (rules.proxies.texts.length === 0) return { listener: server, addressOf: peerAddress };
  // The socket that a request has is the one of TLS; it tells nothing of the one below but the peer.
  const byPeer = new Map<string, string>();
  const named = new WeakMap<Socket, string>();
  server.on('secureConnection', (socket: Socket) => void named.set(socket, byPeer.get(peerOf(socket)) ?? ''));
  const pass = (socket: Socket, address: string | null): void => {
    if (address === null || socket.destroyed) return;
    const peer = peerOf(socket);
    byPeer.set(peer, address);
    socket.once('close', () => byPeer.delete(peer));
    server.emit('connection', socket);
  };
  const listener = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    const address = clientAddress(socket, rules);
    if (address instanceof Promise) void address.then((told) => pass(socket, told));
    else pass(socket, address);
  });
  return { listener, addressOf: (socket) => named.get(socket) ?? '' };
}

function peerOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ''} ${socket.remotePort ?? ''}`;
}
