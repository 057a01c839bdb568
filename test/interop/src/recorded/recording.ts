/** What a client asks for. Paths are absolute; a request about a handle means the one that was opened last. */
export type Asked =
  | { readonly ask: 'realpath' | 'lstat' | 'opendir' | 'remove'; readonly path: string }
  | { readonly ask: 'open'; readonly path: string; readonly flags: number; readonly permissions?: number }
  /** The bytes of the file: all, the first half, or those from the size on that was told last; in pieces of this size, all in flight. */
  | { readonly ask: 'write'; readonly part: 'all' | 'half' | 'rest'; readonly piece: number }
  | { readonly ask: 'close' | 'fstat' | 'readdir' }
  | { readonly ask: 'rename'; readonly path: string; readonly to: string }
  /** The time of the file, and permissions. */
  | { readonly ask: 'setstat'; readonly path: string; readonly permissions?: number }
  | { readonly ask: 'limits' };

/** What the answer must be: the kind of packet, or the status. */
export type Answered = 'ok' | 'end' | 'noSuchFile' | 'failure' | 'handle' | 'attributes' | 'name' | 'extended';

/** A request with its answer. */
export type Exchange = Asked & {
  readonly answer: Answered;
  /** The next request goes out before the answer is there. */
  readonly atOnce?: true;
};

/** The order in which a client that does not run here sends its requests. */
export interface Recording {
  readonly client: string;
  /** What the customer does. */
  readonly what: string;
  /** Where the order comes from. */
  readonly source: string;
  /** Another file is there already under the name, and its job has ended. */
  readonly overwrites: boolean;
  /** One session after another. A session that leaves a handle open is broken off. */
  readonly sessions: readonly (readonly Exchange[])[];
}

/** The bits of OPEN, draft-ietf-secsh-filexfer-02, section 6.3. */
export const flag = { write: 2, create: 8, truncate: 16, exclusive: 32 } as const;

/** The name under which the file arrives at last. */
export const target = '/report.csv';
