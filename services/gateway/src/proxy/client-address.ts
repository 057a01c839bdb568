import { canonicalAddress, type Networks } from '@rosterport/runtime';
import type { Socket } from 'node:net';
import { readProxyHeader } from './proxy-header.ts';

/** From where the header of a proxy is taken, and for how long it is waited for. */
export interface ProxyRules {
  /** The proxies; a connection from one of them has to begin with a header. */
  readonly proxies: Networks;
  /** Milliseconds; 5,000 unless told. */
  readonly headerMs?: number;
}

/** The address of the machine at the other end of the socket; empty when the socket is gone. */
export function peerAddress(socket: Socket): string {
  return canonicalAddress(socket.remoteAddress ?? '') ?? '';
}

/**
 * Where a connection comes from: the peer, or whom a proxy that we trust names. Nobody else is believed: what another peer
 * sends is left where it is. The socket comes back paused at the first byte of the client. Resolves with `null` when the
 * proxy sends no whole header of version 2 in time; the socket is then destroyed.
 */
export function clientAddress(socket: Socket, rules: ProxyRules): string | Promise<string | null> {
  const peer = peerAddress(socket);
  return rules.proxies.has(peer) ? namedByProxy(socket, peer, rules.headerMs ?? 5_000) : peer;
}

function namedByProxy(socket: Socket, peer: string, headerMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const timer = setTimeout(() => socket.destroy(), headerMs);
    const end = (address: string | null): void => {
      clearTimeout(timer);
      socket.off('data', take).off('close', gone).off('end', gone).pause();
      if (address === null) socket.destroy();
      resolve(address);
    };
    const gone = (): void => end(null);
    const take = (piece: Buffer): void => {
      bytes = Buffer.concat([bytes, piece]);
      const header = readProxyHeader(bytes);
      if (header.kind === 'unfinished') return;
      if (header.kind === 'wrong') return end(null);
      const rest = bytes.subarray(header.length);
      end(header.address ?? peer);
      if (rest.length > 0) socket.unshift(rest);
    };
    socket.on('data', take).on('close', gone).on('end', gone);
  });
}
