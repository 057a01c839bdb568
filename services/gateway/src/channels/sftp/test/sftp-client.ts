import ssh2, { type ConnectConfig, type FileEntryWithStats, type SFTPWrapper, type Stats } from 'ssh2';

type Done<Value> = (error: Error | null | undefined, value: Value) => void;

/** A client of ssh2 with promises instead of callbacks. */
export interface SftpClient {
  readonly ssh: ssh2.Client;
  readonly sftp: SFTPWrapper;
  /** Writes a whole file: OPEN with these flags, WRITE, CLOSE. */
  put(path: string, content: string | Buffer, flags?: ssh2.OpenMode): Promise<void>;
  open(path: string, flags: ssh2.OpenMode): Promise<Buffer>;
  write(handle: Buffer, content: string, position?: number): Promise<void>;
  closeHandle(handle: Buffer): Promise<void>;
  get(path: string): Promise<string>;
  list(path: string): Promise<readonly FileEntryWithStats[]>;
  /** The names in a folder, in order of the alphabet. */
  names(path: string): Promise<readonly string[]>;
  stat(path: string): Promise<Stats>;
  rename(from: string, to: string): Promise<void>;
  posixRename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Ends the connection and waits for its end. */
  end(): Promise<void>;
  /** Breaks the connection off. */
  drop(): Promise<void>;
}

/** Logs in; rejects when the server does not let us. */
export async function connect(config: ConnectConfig): Promise<ssh2.Client> {
  const ssh = new ssh2.Client();
  ssh.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    ssh.once('ready', resolve);
    ssh.once('error', reject);
    ssh.once('close', () => reject(new Error('closed before ready')));
    // Its small packets would each wait for the answer to the one before: 40 ms a request.
    ssh.once('connect', () => ssh.setNoDelay(true));
    ssh.connect({ host: '127.0.0.1', ...config });
  });
  return ssh;
}

/** Logs in and opens SFTP. */
export async function sftpClient(config: ConnectConfig): Promise<SftpClient> {
  const ssh = await connect(config);
  const sftp = await promised<SFTPWrapper>((done) => ssh.sftp(done));
  const closed = new Promise<void>((resolve) => ssh.once('close', () => resolve()));
  const open: SftpClient['open'] = (path, flags) => promised((done) => sftp.open(path, flags, done));
  const closeHandle: SftpClient['closeHandle'] = (handle) => told((done) => sftp.close(handle, done));
  const write: SftpClient['write'] = (handle, content, position = 0) =>
    told((done) => sftp.write(handle, Buffer.from(content), 0, Buffer.byteLength(content), position, done));
  const list: SftpClient['list'] = (path) => promised((done) => sftp.readdir(path, done));
  return {
    ssh,
    sftp,
    open,
    write,
    closeHandle,
    list,
    async put(path, content, flags = 'w') {
      const handle = await open(path, flags);
      const bytes = Buffer.from(content as string);
      if (bytes.length > 0) await told((done) => sftp.write(handle, bytes, 0, bytes.length, 0, done));
      await closeHandle(handle);
    },
    get: async (path) => (await promised<Buffer>((done) => sftp.readFile(path, done))).toString('utf8'),
    names: async (path) => (await list(path)).map(({ filename }) => filename).sort(),
    stat: (path) => promised((done) => sftp.stat(path, done)),
    rename: (from, to) => told((done) => sftp.rename(from, to, done)),
    posixRename: (from, to) => told((done) => sftp.ext_openssh_rename(from, to, done)),
    remove: (path) => told((done) => sftp.unlink(path, done)),
    async end() {
      ssh.end();
      await closed;
    },
    async drop() {
      ssh.destroy();
      await closed;
    },
  };
}

/** The message of the error that a promise ends with; `fine` when there is none. */
export function errorOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'fine',
    (error: unknown) => (error as Error).message,
  );
}

function promised<Value>(run: (done: Done<Value>) => unknown): Promise<Value> {
  return new Promise((resolve, reject) => {
    run((error, value) => (error ? reject(error) : resolve(value)));
  });
}

function told(run: (done: (error?: Error | null) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => (error ? reject(error) : resolve()));
  });
}
