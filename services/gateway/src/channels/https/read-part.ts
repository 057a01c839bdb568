import type { z } from 'zod';
import { refusal } from './refusal.ts';
import { shapeProblems } from './shape-problems.ts';

/** What a schema yields, with what may be missing left out and never `undefined`. */
export type Read<Schema extends z.ZodObject> = Present<z.output<Schema>>;

type Present<Values> = {
  [Name in keyof Values as undefined extends Values[Name] ? never : Name]: Values[Name];
} & {
  [Name in keyof Values as undefined extends Values[Name] ? Name : never]?: Exclude<Values[Name], undefined>;
};

/**
 * Reads one part of a request (path, query, headers) by its schema. Fails with `requestInvalid`, which names all that is wrong
 * but never repeats what was sent.
 */
export function readPart<Schema extends z.ZodObject>(schema: Schema, sent: unknown): Read<Schema> {
  const read = schema.safeParse(sent, { reportInput: true });
  if (!read.success) throw refusal('requestInvalid', shapeProblems(schema, read.error));
  return read.data as Read<Schema>;
}
