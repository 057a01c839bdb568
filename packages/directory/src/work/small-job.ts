import { preparing, type PoolClient } from '@rosterport/database';
import { workTableNames } from './work-tables.ts';

/** Up to this size a file counts as small, some two thousand rows of a CSV file: it matters what a job costs besides. */
export const smallFileBytes = 262_144;

const faces = new WeakSet<PoolClient>();

/**
 * The same connection with a face for the jobs of small files. Its work tables stay for the next such job, and so do the plans
 * of its statements: making both anew took four fifths of the database's time for a file of a hundred rows. Nobody counts
 * what is in the work tables, since that would cost more than it tells, and throw the plans away.
 */
export function forSmallJobs(client: PoolClient): PoolClient {
  const prepared = preparing(client);
  const query = (text: unknown, values?: unknown): unknown => {
    if (typeof text === 'string' && analyzesWork(text)) return Promise.resolve({ rows: [], rowCount: 0 });
    return (prepared as { query(text: unknown, values?: unknown): unknown }).query(text, values);
  };
  const face = Object.assign(Object.create(client) as PoolClient, { query });
  faces.add(face);
  return face;
}

/** True for a face that `forSmallJobs` has given. */
export function isForSmallJobs(client: PoolClient): boolean {
  return faces.has(client);
}

function analyzesWork(text: string): boolean {
  const [, list] = /^analyze ([\w, ]+)$/.exec(text.replaceAll(/ \([^)]*\)/g, '')) ?? [];
  return list !== undefined && list.split(', ').every((name) => workTableNames.has(name));
}
