import type { z } from 'zod';
import type { Read } from './read-part.ts';

/** What is left of a part whose shape is wrong: nothing that is wrong, and nothing that is missing. */
export type Sound<Schema extends z.ZodObject> = Partial<Read<Schema>>;

/** More than there are levels in any of our schemas. */
const mostRounds = 8;

/** What is to be left out of a value: all of it, or parts by name. */
type Cut = true | Map<string, Cut>;

/** The fields of a part that are right in shape, so that their values can be judged although others are wrong. */
export function soundPart<Schema extends z.ZodObject>(schema: Schema, sent: unknown): Sound<Schema> {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return {};
  let part: unknown = sent;
  for (let round = 0; round < mostRounds; round += 1) {
    const read = schema.partial().safeParse(part, { reportInput: true });
    if (read.success) return read.data as Sound<Schema>;
    part = without(part, cutOf(read.error.issues));
  }
  return {};
}

function cutOf(issues: readonly z.core.$ZodIssue[]): Map<string, Cut> {
  const cut = new Map<string, Cut>();
  for (const found of issues) {
    if (found.code === 'unrecognized_keys') for (const key of found.keys) add(cut, [...found.path, key]);
    // An object without what it must have is no value.
    else add(cut, found.input === undefined ? found.path.slice(0, -1) : found.path);
  }
  return cut;
}

function add(cut: Map<string, Cut>, path: readonly PropertyKey[]): void {
  let place = cut;
  for (const part of path.slice(0, -1)) {
    const inner = place.get(String(part)) ?? new Map<string, Cut>();
    if (inner === true) return;
    place.set(String(part), inner);
    place = inner;
  }
  if (path.length > 0) place.set(String(path.at(-1)), true);
}

/** Copies only where something is left out: a body may be nested deeper than a stack. */
function without(whole: unknown, cut: Map<string, Cut>): unknown {
  if (typeof whole !== 'object' || whole === null) return whole;
  const entries = Object.entries(whole).flatMap(([name, value]: [string, unknown]) => {
    const inner = cut.get(name);
    return inner === true ? [] : [[name, inner === undefined ? value : without(value, inner)] as const];
  });
  return Array.isArray(whole) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
