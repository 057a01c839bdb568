const deepest = 6;

/** Where a database's error quotes the rows that it is about (PostgreSQL protocol, error and notice message fields). */
const quoting = new Set(['detail', 'where', 'internalQuery', 'query', 'parameters']);

/**
 * Turns any value into what JSON can hold, with every text passed through `hide`: errors with their causes, maps, sets
 * and dates; bytes only by their number. Circles and what lies too deep become a word. What an error of a database quotes of the
 * data is left out.
 */
export function loggable(value: unknown, hide: (text: string) => string): unknown {
  return walk(value, { hide, above: [] });
}

interface Walk {
  readonly hide: (text: string) => string;
  /** The objects that hold this value. */
  readonly above: readonly object[];
}

function walk(value: unknown, way: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return way.hide(value);
    case 'number':
      return Number.isFinite(value) && way.hide(String(value)) === String(value) ? value : way.hide(String(value));
    case 'bigint':
    case 'symbol':
      return way.hide(String(value));
    case 'function':
      return undefined;
    case 'object':
      return value === null ? null : walkObject(value, way);
    default:
      return value;
  }
}

function walkObject(value: object, way: Walk): unknown {
  if (way.above.includes(value)) return '[circle]';
  if (way.above.length >= deepest) return '[deeper]';
  const inside: Walk = { hide: way.hide, above: [...way.above, value] };
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item: unknown) => walk(item, inside));
  if (value instanceof Map) return walk([...(value as Map<unknown, unknown>)], inside);
  if (value instanceof Set) return walk([...(value as Set<unknown>)], inside);
  if (isError(value)) return walkError(value, inside);
  if ('toJSON' in value && typeof value.toJSON === 'function') return walk((value.toJSON as () => unknown)(), inside);
  return walkFields(Object.entries(value), inside);
}

/** By shape, so that errors of another realm (a worker) count too. */
function isError(value: object): value is Error {
  return value instanceof Error || ('stack' in value && 'message' in value);
}

function walkError(error: Error, way: Walk): unknown {
  const { name, message, stack, cause } = error;
  const fields = [...Object.entries(error), ...Object.entries({ name, message, stack, cause })];
  return walkFields('severity' in error ? withoutRows(error, fields) : fields, way);
}

/** What an error of a database says, without what it quotes. */
function withoutRows(error: Error, fields: readonly (readonly [string, unknown])[]): readonly (readonly [string, unknown])[] {
  return fields.filter(([key]) => !quoting.has(key)).map((field) => withoutValue(error, field));
}

/** A message about a value (SQLSTATE class 22) is the only kind that quotes it; the stack begins with the message. */
function withoutValue(error: Error & { readonly code?: unknown }, [key, item]: readonly [string, unknown]): readonly [string, unknown] {
  const isQuoted = typeof item === 'string' && String(error.code).startsWith('22');
  return [key, isQuoted ? item.replaceAll(error.message, '[of a value]') : item];
}

function walkFields(entries: readonly (readonly [string, unknown])[], way: Walk): unknown {
  return Object.fromEntries(entries.map(([key, item]) => [way.hide(key), walk(item, way)]));
}
