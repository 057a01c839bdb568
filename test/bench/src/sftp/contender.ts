/** One of the two servers that take the same work. */
export interface Contender {
  readonly name: 'rosterport' | 'sshd';
  readonly port: number;
  readonly user: string;
  /** Options with which its client makes files last, where the server does not do it by itself. */
  readonly clientOptions: readonly string[];
  /** Makes sure that exactly so many files with so many bytes in all have been received since the last call, and forgets them. */
  take(expected: { readonly files: number; readonly bytes: number }): Promise<void>;
  close(): Promise<void>;
}
