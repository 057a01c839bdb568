import type { DirectoryContext } from '../work/job-context.ts';
import { keepMisplaced } from './keep-misplaced.ts';
import { keepReferenced } from './keep-referenced.ts';
import { keepTaken } from './keep-taken.ts';
import { workOutRecords } from './keep.ts';

/**
 * Decides what cannot go back. One thing that is kept may stand in the way of another, so all is judged again until nothing
 * more is kept; the directory as it is would always do, so that comes to an end.
 */
export async function judge(context: DirectoryContext): Promise<void> {
  for (let kept = 1; kept > 0; ) {
    await workOutRecords(context.client);
    kept = (await keepReferenced(context)) + (await keepTaken(context)) + (await keepMisplaced(context));
  }
}
