import type { Job, ReportRow } from '@rosterport/domain';
import { gather } from './gather.ts';

/**
 * The report as one JSON document `{ job, rows: [...] }`, each row on a line of its own. Rows come in the order given; a
 * failure of `rows` passes through and leaves the document without its end.
 */
export function reportJson(job: Job, rows: AsyncIterable<ReportRow>): AsyncGenerator<string> {
  return gather(texts(job, rows));
}

async function* texts(job: Job, rows: AsyncIterable<ReportRow>): AsyncGenerator<string> {
  yield `{"job":${JSON.stringify(job)},"rows":[`;
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield '\n]}\n';
}
