import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A request with its length and the reply to it without, as they went over the channel. */
export interface Exchange {
  readonly ask: Buffer;
  readonly reply: Buffer;
}

/** What one client did in one session. */
export interface Recording {
  /** Name and version of the program. */
  readonly client: string;
  readonly exchanges: readonly Exchange[];
}

/** Where recordings are kept. */
export const corpusFolder = fileURLToPath(new URL('./corpus/', import.meta.url));

/** Every recording that is kept, with its file's name. */
export function corpus(): readonly (Recording & { readonly file: string })[] {
  const files = readdirSync(corpusFolder).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => {
    const { client, exchanges } = JSON.parse(readFileSync(`${corpusFolder}/${file}`, 'utf8')) as {
      client: string;
      exchanges: { ask: string; reply: string }[];
    };
    return { file, client, exchanges: exchanges.map(({ ask, reply }) => ({ ask: bytesOf(ask), reply: bytesOf(reply) })) };
  });
}

/** A recording as text: hexadecimal digits, and long runs of one byte as `[41*30000]`. */
export function recordingText({ client, exchanges }: Recording): string {
  const lines = exchanges.map(({ ask, reply }) => ({ ask: textOf(ask), reply: textOf(reply) }));
  return `${JSON.stringify({ client, exchanges: lines }, null, 1)}\n`;
}

function textOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/(..)\1{31,}/g, (run, byte: string, at: number) => (at % 2 === 0 ? `[${byte}*${run.length / 2}]` : run));
}

function bytesOf(text: string): Buffer {
  const parts = text.split(/(\[[^\]]*\])/).map((part) => {
    const run = /^\[(..)\*(\d+)\]$/.exec(part);
    return run === null ? Buffer.from(part, 'hex') : Buffer.alloc(Number(run[2]), Buffer.from(run[1] ?? '', 'hex'));
  });
  return Buffer.concat(parts);
}
