import type { Socket } from 'node:net';
import type { GatewayContext } from '../../gateway-context.ts';
import { ConnectionGate, type Seat } from '../../limits/connection-gate.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';
import { clientAddress, type ProxyRules } from '../../proxy/client-address.ts';

/** A connection that is let in, at least to try. */
export interface Admitted {
  readonly seat: Seat;
  /** Where the client is, whoever stands between. */
  readonly address: string;
}

/** Where connections arrive. */
export interface Entrance {
  /** Counts the connection and asks where it comes from. Calls back when it may go on; otherwise the socket is destroyed. */
  admit(socket: Socket, onAdmitted: (admitted: Admitted) => void): void;
  /** Ends those about whom nothing is known yet. */
  close(): void;
}

/** Opens the entrance of the SFTP door. */
export function openEntrance(
  { doorkeeper, metrics, log }: GatewayContext,
  { limits, proxy }: { readonly limits: SftpLimits; readonly proxy: ProxyRules },
): Entrance {
  const gate = new ConnectionGate({ ...limits, isExempt: (address) => doorkeeper.isExempt(address) });
  const unknown = new Set<Socket>();
  const refuse = (socket: Socket, reason: string, address?: string): void => {
    metrics.count('rosterport_connections_refused_total', { channel: 'sftp', reason });
    // Whoever is banned comes again and again; the ban was told once.
    if (reason !== 'banned') log.info('A connection was refused', { channel: 'sftp', reason, ...(address === undefined ? {} : { address }) });
    socket.destroy();
  };
  const judge = (address: string, seat: Seat): string | null => {
    const judgement = doorkeeper.judge(address);
    if (judgement !== 'welcome') return judgement;
    return seat.from(address) ? null : 'address';
  };

  return {
    admit(socket, onAdmitted) {
      // ssh2 listens too, but a socket may break before.
      socket.on('error', () => socket.destroy());
      const seat = gate.arrive();
      if (typeof seat === 'string') return refuse(socket, seat);
      socket.once('close', () => seat.leave());
      const known = (address: string | null): void => {
        unknown.delete(socket);
        const problem = address === null ? 'proxy' : judge(address, seat);
        if (problem !== null) refuse(socket, problem, address ?? undefined);
        else if (!socket.destroyed) onAdmitted({ seat, address: address ?? '' });
      };
      const address = clientAddress(socket, proxy);
      if (typeof address === 'string') return known(address);
      unknown.add(socket);
      void address.then(known);
    },
    close() {
      for (const socket of unknown) socket.destroy();
    },
  };
}
