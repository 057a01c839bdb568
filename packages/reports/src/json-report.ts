import type { Job, RecordChange, ReportRow } from '@rosterport/domain';
import { gather } from './gather.ts';

/**
 * The report as one JSON document `{ job, rows: [...], changes: [...] }`, each row and each change on a line of its own, in
 * the order given; without `changes` where none are given. A failure of a stream passes through and leaves the document
 * without its end.
 */
export function reportJson(
  job: Job,
  rows: AsyncIterable<ReportRow>,
  changes?: AsyncIterable<RecordChange>,
): AsyncGenerator<string> {
  return gather(texts(job, { rows, ...(changes === undefined ? {} : { changes }) }));
}

async function* texts(job: Job, lists: Readonly<Record<string, AsyncIterable<unknown>>>): AsyncGenerator<string> {
  yield `{"job":${JSON.stringify(job)}`;
  for (const [name, items] of Object.entries(lists)) {
    yield `,"${name}":[`;
    let separator = '\n';
    for await (const item of items) {
      yield separator + JSON.stringify(item);
      separator = ',\n';
    }
    yield '\n]';
  }
  yield '}\n';
}
