import { connect } from 'node:net';

const withinMs = 2_000;

/**
 * True when an SSH server greets on the port (RFC 4253, section 4.2) within two seconds. A listening socket alone says little:
 * a process that no longer answers still has one. What is said first is for a server that takes us for a proxy.
 */
export function greets(port: number, { host = '127.0.0.1', first }: { readonly host?: string | undefined; readonly first?: Uint8Array | undefined } = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host }, () => {
      if (first !== undefined) socket.write(first);
    });
    const answer = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(withinMs, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
    socket.once('data', (bytes) => answer(bytes.subarray(0, 8).toString('latin1') === 'SSH-2.0-'));
  });
}
