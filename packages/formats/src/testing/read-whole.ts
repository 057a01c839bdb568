import type { Issue, RawRow, SheetHeader } from '@rosterport/domain';

import { bytesOf, type ByteSource } from '../byte-source.ts';
import { detect, type DetectOptions } from '../detect.ts';
import type { Format } from '../format-reader.ts';
import { parse } from '../parse.ts';

/** Everything that reading a file yields, in one piece. For tests. */
export interface WholeFile {
  readonly format: Format | null;
  readonly headers: readonly SheetHeader[];
  /** The rows of all tables, each with the name of its sheet; of a refused file those that can be judged. */
  readonly rows: readonly (RawRow & { readonly sheet: string | null })[];
  /** The findings in words: code, place, message. */
  readonly issues: readonly string[];
}

/** Detects and parses a file held in memory. */
export async function readWhole(file: Uint8Array | ByteSource, options: DetectOptions = {}): Promise<WholeFile> {
  const source = file instanceof Uint8Array ? bytesOf(file) : file;
  const detected = await detect(source, options);
  const issues = [...detected.issues];
  const rows: (RawRow & { sheet: string | null })[] = [];
  const tables = detected.ok ? detected : detected.readable;
  if (tables !== null) {
    for await (const event of parse(source, structuredClone(tables), options)) {
      // A refused file was read to its end already.
      if (event.kind === 'issue') issues.push(...(detected.ok ? [event.issue] : []));
      else rows.push(...event.rows.map((row) => ({ ...row, sheet: event.header.sheet })));
    }
  }
  return { format: detected.format, headers: detected.ok ? detected.headers : [], rows, issues: issues.map(inWords) };
}

function inWords({ code, sheet, row, message }: Issue): string {
  const place = [sheet, row].filter((part) => part !== null).join('!');
  return `${code} ${place === '' ? 'file' : place}: ${message}`;
}
