import { Failure } from '@rosterport/domain';
import type { z } from 'zod';

/** What a schema yields, with what may be missing left out and never `undefined`. */
export type Read<Schema extends z.ZodObject> = Present<z.output<Schema>>;

type Present<Values> = {
  [Name in keyof Values as undefined extends Values[Name] ? never : Name]: Values[Name];
} & {
  [Name in keyof Values as undefined extends Values[Name] ? Name : never]?: Exclude<Values[Name], undefined>;
};

/**
 * Reads one part of a request (path, query, headers, JSON) by its schema. Fails with `requestInvalid`, which names what is wrong
 * but never repeats what was sent.
 */
export function readPart<Schema extends z.ZodObject>(schema: Schema, sent: unknown): Read<Schema> {
  const read = schema.safeParse(sent);
  if (!read.success) throw new Failure('requestInvalid', { values: { problem: problemOf(read.error) } });
  return read.data as Read<Schema>;
}

function problemOf(error: z.ZodError): string {
  const problems = error.issues.map((found) => {
    if (found.code === 'unrecognized_keys') return 'it holds a parameter that is not known here';
    return found.path.length === 0 ? found.message : `\`${found.path.join('.')}\`: ${found.message}`;
  });
  return problems.join('; ');
}
