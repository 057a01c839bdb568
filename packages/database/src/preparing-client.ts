import type { PoolClient } from 'pg';

/** So many texts are prepared by a process; each connection keeps the plans of those that it ran. */
const most = 500;

const names = new Map<string, string>();

/** One statement that reads or writes rows. Several at once cannot be prepared together. */
const repeated = /^\s*(?:with|select|insert|update|delete)\b[^;]*$/i;

/**
 * The same connection with a face for work that comes again and again: a statement is read once by the server, and planned
 * only a few times, however often it is run. The plans are those that suit the first times, so this is for work whose tables
 * stay small. COPY and everything else goes on as it is. Whoever releases the connection releases it, not its face.
 */
export function preparing(client: PoolClient): PoolClient {
  const plain = client as unknown as { query(asked: unknown, values?: unknown): unknown };
  const query = (text: unknown, values?: unknown): unknown => {
    const name = typeof text === 'string' && repeated.test(text) ? nameOf(text) : undefined;
    return name === undefined ? plain.query(text, values) : plain.query({ name, text, values });
  };
  return Object.assign(Object.create(client) as PoolClient, { query });
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size === most) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}
