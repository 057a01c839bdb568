import { Client, type SFTPWrapper } from 'ssh2';
import type { Product } from './product.ts';

/** Who logs in, if not the newcomer's own user. */
export interface Login {
  readonly username?: string;
  readonly password?: string;
  readonly privateKey?: string;
}

/** Runs the work with an open SFTP session of a real client, and ends the connection. */
export async function withSftp<Result>(
  product: Pick<Product, 'facts'>,
  work: (sftp: SFTPWrapper, client: Client) => Promise<Result>,
  login: Login = {},
): Promise<Result> {
  const client = new Client();
  try {
    await new Promise<void>((resolve, reject) => {
      client.on('ready', resolve).on('error', reject);
      // Its small packets would each wait for the answer to the one before: 40 ms a request.
      client.on('connect', () => client.setNoDelay(true));
      client.connect({
        ...{ host: '127.0.0.1', port: product.facts.sftpPort, username: login.username ?? product.facts.sftpUser },
        ...(login.privateKey === undefined ? { password: login.password ?? product.facts.token } : { privateKey: login.privateKey }),
      });
    });
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.sftp((error, opened) => (error === undefined ? resolve(opened) : reject(error)));
    });
    return await work(sftp, client);
  } finally {
    client.end();
  }
}

/** Puts a file under a name. */
export function put(sftp: SFTPWrapper, name: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    sftp.writeFile(name, bytes, (error) => (error == null ? resolve() : reject(error)));
  });
}

/** The names in a folder. */
export function list(sftp: SFTPWrapper, folder: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    sftp.readdir(folder, (error, entries) => (error === undefined ? resolve(entries.map((entry) => entry.filename)) : reject(error)));
  });
}

/** The bytes of a file that may be read. */
export function get(sftp: SFTPWrapper, name: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sftp.readFile(name, (error, bytes) => (error === undefined ? resolve(bytes) : reject(error)));
  });
}

/** Gives a file another name. */
export function rename(sftp: SFTPWrapper, from: string, to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    sftp.rename(from, to, (error) => (error == null ? resolve() : reject(error)));
  });
}
