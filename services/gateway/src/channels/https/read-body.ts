import type { FieldProblem } from '@rosterport/domain';
import type { z } from 'zod';
import type { Read } from './read-part.ts';
import { refusal } from './refusal.ts';
import { shapeProblems } from './shape-problems.ts';
import { soundPart, type Sound } from './sound-part.ts';

/** Tells what is wrong with the values of the fields that are right in shape. */
export type Inspect<Schema extends z.ZodObject> = (sound: Sound<Schema>) => Promise<readonly FieldProblem[]> | readonly FieldProblem[];

/** Reads a body in JSON as `readPart` does; what is wrong with its values is told beside what is wrong with its shape. */
export async function readBody<Schema extends z.ZodObject>(schema: Schema, sent: unknown, inspect: Inspect<Schema>): Promise<Read<Schema>> {
  const read = schema.safeParse(sent, { reportInput: true });
  if (read.success) return read.data as Read<Schema>;
  throw refusal('requestInvalid', [...shapeProblems(schema, read.error), ...(await inspect(soundPart(schema, sent)))]);
}
