import type { Job, RecordChange } from '@rosterport/domain';
import { linkSentence, reasonWords, recordWords, resultWords, valueWords } from './change-words.ts';
import type { Pen } from './pen.ts';

/** What is shown of the changes, and how. */
interface ChangesTextOptions {
  readonly job: Job;
  readonly changes: AsyncIterable<RecordChange>;
  readonly line: Pen;
  /** How many records are shown. */
  readonly limit: number;
}

/** The lines about the first changes, before and after. Reads no further than one record beyond the limit. */
export async function* changesText({ job, changes, line, limit }: ChangesTextOptions): AsyncGenerator<string> {
  let shown = 0;
  for await (const change of changes) {
    if (shown === limit) {
      yield line('  More records follow; `rosterport changes` lists them all.', 'quiet');
      return;
    }
    if (shown === 0) {
      yield line();
      yield line(job.kind === 'revert' ? 'Records, and what was kept as it is' : 'Records, before -> after', 'heading');
    }
    shown += 1;
    yield* changeText(job, change, line);
  }
}

/** The lines of one change: what becomes of whom, then its values and links. Those of a new or removed record are not listed. */
export function* changeText(job: Pick<Job, 'state'>, change: RecordChange, line: Pen): Generator<string> {
  const place = change.row === null ? '' : `, ${change.sheet === null ? 'row' : `${change.sheet} row`} ${change.row}`;
  const why = change.reason === null ? '' : `: ${reasonWords(change)}`;
  const tone = change.action === 'deactivated' || change.action === 'kept' ? 'warning' : 'plain';
  const what = change.kind === 'user' ? '' : `${change.kind} `;
  yield line(`  ${what}${recordWords(change)} ${resultWords(job, change.action)}${why}${place}`, tone);
  if (change.action === 'created' || change.action === 'removed') return;
  // What a revert kept has not changed, and must not read as if it had.
  const isKept = change.action === 'kept';
  for (const { field, before, after } of change.values) {
    yield line(`    ${field}: ${shown(before)} ${isKept ? 'stays, instead of' : '->'} ${shown(after)}`);
  }
  for (const link of change.links) yield line(`    ${isKept ? 'not done: ' : ''}${linkSentence(link)}`);
}

function shown(value: unknown): string {
  const text = valueWords(value);
  return text === '' ? '(none)' : text;
}
