import { Readable, Writable } from 'node:stream';
import { runCommand } from '../run-command.ts';

/** What a command left behind. */
export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How a command is typed. */
export interface Typing {
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on standard input. */
  readonly input?: string;
  /** True where the input and both outputs are a terminal. */
  readonly isTerminal?: boolean;
}

/** Runs a command in this process, with an environment of its own. */
export async function typeCommand(typed: readonly string[], { env = {}, input = '', isTerminal = false }: Typing = {}): Promise<Typed> {
  const out = collector(isTerminal);
  const err = collector(isTerminal);
  const code = await runCommand(typed, { env, stdin: Object.assign(Readable.from([input]), isTerminal ? { isTTY: true } : {}), stdout: out.stream, stderr: err.stream });
  return { code, out: out.text(), err: err.text() };
}

function collector(isTerminal: boolean): { readonly stream: NodeJS.WritableStream; readonly text: () => string } {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      pieces.push(piece);
      done();
    },
  });
  return { stream: Object.assign(stream, isTerminal ? { isTTY: true, columns: 80 } : {}), text: () => Buffer.concat(pieces).toString('utf8') };
}
