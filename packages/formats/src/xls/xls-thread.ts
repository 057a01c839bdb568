import { Worker } from 'node:worker_threads';

import { Failure, issue } from '@rosterport/domain';

import { chunksOf, type ByteSource } from '../byte-source.ts';
import type { FormatLimits } from '../limits.ts';
import { beyondLimit, damaged, Unreadable } from '../unreadable.ts';

/** A cell as the thread gives it: a text, or a number and the code of its format. */
export type XlsCell = string | { readonly number: string; readonly code: string };

/** A sheet as the thread lists it. */
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

/** What the thread answers. */
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

/**
 * Reads an .xls file in a thread of its own and yields its answers, one at a time as they are asked for. Throws when the
 * file is damaged, encrypted or beyond a limit. The thread is gone when the generator is done.
 */
export async function* xlsAnswers(request: XlsRequest): AsyncGenerator<XlsAnswer> {
  const { limits } = request;
  const bytes = await wholeFile(request);
  const worker = new Worker(new URL('../../worker/xls.mjs', import.meta.url), {
    workerData: { bytes, headRows: request.headRows, sheets: request.sheets },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: limits.xlsMemoryMb },
    // The library prints what it dislikes about a file, which may be personal data.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  try {
    for (;;) {
      const answer = await ask(worker, limits);
      if (answer.kind === 'end') return;
      if (answer.kind === 'unreadable') {
        throw answer.isEncrypted ? new Unreadable(issue('validateFileIsNotEncrypted')) : damaged('its records cannot be read');
      }
      yield answer;
    }
  } finally {
    await worker.terminate();
  }
}

async function wholeFile({ source, limits }: XlsRequest): Promise<Uint8Array<ArrayBuffer>> {
  if (source.size > limits.maxXlsBytes) throw beyondLimit(`an .xls file of more than ${limits.maxXlsBytes} bytes`);
  const bytes = new Uint8Array(source.size);
  let at = 0;
  for await (const chunk of chunksOf(source)) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function ask(worker: Worker, { xlsSeconds, xlsMemoryMb }: FormatLimits): Promise<XlsAnswer> {
  return new Promise<XlsAnswer>((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      worker.removeAllListeners('message').removeAllListeners('error');
      finish();
    };
    const timer = setTimeout(() => settle(() => reject(beyondLimit(`more than can be read in ${xlsSeconds} seconds`))), xlsSeconds * 1000);
    worker.once('message', (answer: XlsAnswer) => settle(() => resolve(answer)));
    worker.once('error', (error) =>
      settle(() => reject(isOutOfMemory(error) ? beyondLimit(`more than can be read in ${xlsMemoryMb} MB of memory`) : new Failure('unexpected', { cause: error }))),
    );
    worker.postMessage('next');
  });
}

function isOutOfMemory(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
