import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { Failure, issue } from '@rosterport/domain';

import { chunksOf, type ByteSource } from '../byte-source.ts';
import type { FormatLimits } from '../limits.ts';
import { beyondLimit, damaged, Unreadable } from '../unreadable.ts';

/** A cell as the process gives it: a text, or a number and the code of its format. */
export type XlsCell = string | { readonly number: string; readonly code: string };

/** A sheet as the process lists it. */
export interface XlsSheet {
  readonly name: string;
  readonly index: number;
  readonly isVisible: boolean;
  /** False for a sheet that is a chart or a macro. */
  readonly hasCells: boolean;
  /** True when nothing was ever written into its cells. */
  readonly isEmpty: boolean;
  /** The first ranges of merged cells, as in `B2:B4`. */
  readonly merged: readonly string[];
}

/** What the process answers. */
export type XlsAnswer =
  | { readonly kind: 'sheets'; readonly sheets: readonly XlsSheet[]; readonly is1904: boolean }
  | { readonly kind: 'rows'; readonly index: number; readonly rows: readonly { readonly row: number; readonly cells: readonly XlsCell[] }[] }
  | { readonly kind: 'unreadable'; readonly isEncrypted: boolean }
  | { readonly kind: 'end' };

/** What to read of an .xls file. */
export interface XlsRequest {
  readonly source: ByteSource;
  readonly limits: FormatLimits;
  /** How many rows of each sheet; 0 for all. */
  readonly headRows: number;
  /** Which sheets, by their index; `null` for all. */
  readonly sheets: readonly number[] | null;
}

const program = fileURLToPath(new URL('../../worker/xls.mjs', import.meta.url));

/**
 * Reads an .xls file in a process of its own and yields its answers, one at a time as they are asked for. Throws when the
 * file is damaged, encrypted or beyond a limit. The process is gone when the generator is done. It is no thread, since a heap
 * that grows too fast ends the whole process of a thread before the thread can be ended.
 */
export async function* xlsAnswers(request: XlsRequest): AsyncGenerator<XlsAnswer> {
  const { source, limits, headRows, sheets } = request;
  if (source.size > limits.maxXlsBytes) throw beyondLimit(`an .xls file of more than ${limits.maxXlsBytes} bytes`);
  const child = fork(program, {
    execArgv: [`--max-old-space-size=${limits.xlsMemoryMb}`],
    env: {},
    serialization: 'advanced',
    // The library prints what it dislikes about a file, which may be personal data.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const end = endOf(child, limits);
  try {
    for await (const bytes of chunksOf(source)) await Promise.race([tell(child, { kind: 'bytes', bytes }), end]);
    await tell(child, { kind: 'read', headRows, sheets });
    for (;;) {
      const answer = await ask({ child, end, limits });
      if (answer.kind === 'end') return;
      if (answer.kind === 'unreadable') {
        throw answer.isEncrypted ? new Unreadable(issue('validateFileIsNotEncrypted')) : damaged('its records cannot be read');
      }
      yield answer;
    }
  } finally {
    child.kill('SIGKILL');
    await end.catch(() => undefined);
  }
}

/** Rejects when the process has ended, which it never does by itself. */
function endOf(child: ChildProcess, { xlsMemoryMb }: FormatLimits): Promise<never> {
  const end = new Promise<never>((_resolve, reject) => {
    child.on('error', (cause) => reject(new Failure('unexpected', { cause })));
    child.once('exit', (code, signal) =>
      reject(
        isOutOfMemory(code, signal)
          ? beyondLimit(`more than can be read in ${xlsMemoryMb} MB of memory`)
          : new Failure('unexpected', { cause: new Error(`The process that reads .xls files ended with ${signal ?? `code ${code}`}.`) }),
      ),
    );
  });
  end.catch(() => undefined);
  return end;
}

/** V8 aborts where its heap is full (134 without signals), and the kernel kills where the machine's memory is. */
function isOutOfMemory(code: number | null, signal: NodeJS.Signals | null): boolean {
  return code === 134 || (signal !== null && ['SIGABRT', 'SIGKILL', 'SIGTRAP', 'SIGILL'].includes(signal));
}

/** Resolves when the process was told; also when it cannot be, since its end then says why. */
function tell(child: ChildProcess, word: object): Promise<void> {
  return new Promise((resolve) => void child.send(word, () => resolve()));
}

interface Dialogue {
  readonly child: ChildProcess;
  readonly end: Promise<never>;
  readonly limits: FormatLimits;
}

async function ask({ child, end, limits: { xlsSeconds } }: Dialogue): Promise<XlsAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(beyondLimit(`more than can be read in ${xlsSeconds} seconds`)), xlsSeconds * 1000);
  });
  const answer = new Promise<XlsAnswer>((resolve) => child.once('message', (message) => resolve(message as XlsAnswer)));
  try {
    child.send({ kind: 'next' }, () => undefined);
    return await Promise.race([answer, end, late]);
  } finally {
    clearTimeout(timer);
  }
}
