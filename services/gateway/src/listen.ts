import { Failure } from '@rosterport/domain';
import type { AddressInfo, Server } from 'node:net';

/** Where to listen. */
export interface ListenOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** The address to listen on; every address of the machine unless told. */
  readonly host?: string | undefined;
  /** What people call this door, and the setting that chooses its port. */
  readonly door: string;
  readonly setting: string;
}

/** Makes the server listen and resolves with the port. Fails with `portTaken` and `portRefused`. */
export async function listen(server: Server, { port, host, door, setting }: ListenOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(failureOf(error, { port, door, setting })));
    server.listen({ port, host }, resolve);
  });
  server.removeAllListeners('error');
  return (server.address() as AddressInfo).port;
}

function failureOf(error: NodeJS.ErrnoException, values: Readonly<Record<string, string | number>>): Error {
  if (error.code === 'EADDRINUSE') return new Failure('portTaken', { values, cause: error });
  if (error.code === 'EACCES') return new Failure('portRefused', { values, cause: error });
  return error;
}
