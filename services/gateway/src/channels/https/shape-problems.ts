import type { FieldProblem } from '@rosterport/domain';
import { nearestOption } from '@rosterport/domain';
import { z } from 'zod';
import { mostTold } from './refusal.ts';
import { describeNode, nodeAt, type SchemaNode } from './describe-schema.ts';

/** Everything that is wrong with the shape of what was sent: the field, what was expected, and of what kind it was found. No value is repeated. */
export function shapeProblems(schema: z.ZodObject, error: z.ZodError): readonly FieldProblem[] {
  const root = jsonSchemaOf(schema);
  return error.issues.flatMap((found) => (found.code === 'unrecognized_keys' ? unknownKeys(root, found) : [problemOf(root, found)]));
}

/** A schema with an id is given as a reference to its definition. */
function jsonSchemaOf(schema: z.ZodObject): SchemaNode {
  const { $ref = '', $defs = {}, ...root } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return ($defs[$ref.replace('#/$defs/', '')] ?? root) as SchemaNode;
}

/** The path of a field as sentences name it; parts that a sender chose are shortened. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.map((part) => String(part).replace(/[\p{Cc}\p{Cf}\p{Cs}`]/gu, '').slice(0, 60)).join('.');
}

function unknownKeys(root: SchemaNode, { path, keys }: z.core.$ZodIssueUnrecognizedKeys): readonly FieldProblem[] {
  const known = Object.keys(nodeAt(root, path)?.properties ?? {});
  return keys.map((key, index) => {
    const field = fieldName([...path, key]);
    // What was meant is looked for as long as it may be told: a body can hold very many.
    const near = index < mostTold ? nearestOption(key, known) : null;
    return { field, problem: `\`${field}\` is not known here${near === null ? '' : `; \`${near}\` is, if that is meant`}` };
  });
}

function problemOf(root: SchemaNode, found: z.core.$ZodIssue): FieldProblem {
  const field = fieldName(found.path);
  const name = field === '' ? 'the body' : `\`${field}\``;
  // Formats and rules of our own say themselves what they want.
  if (found.code === 'invalid_format' || found.code === 'custom') return { field, problem: `${name} ${found.message}` };
  const node = nodeAt(root, found.path);
  const wanted = node === null ? 'something else' : describeNode(node);
  if (found.input === undefined) return { field, problem: `${name} is missing; it must be ${wanted}${aboutNode(node)}` };
  return { field, problem: `${name} must be ${wanted}; ${kindOf(found.input, found.code)}` };
}

function aboutNode(node: SchemaNode | null): string {
  const text = node?.description?.replace(/\.$/, '') ?? '';
  return text === '' ? '' : `: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** What was found, as a clause: its kind, and its size where that is what is wrong. */
export function kindOf(found: unknown, code: z.core.$ZodIssue['code']): string {
  if (typeof found === 'string') {
    if (found === '') return 'it is empty';
    if (code === 'too_big') return `it has ${found.length} characters`;
    return code === 'invalid_value' ? 'another text was found' : 'a text was found';
  }
  if (typeof found === 'number') return Number.isNaN(found) ? 'something else was found' : `${code.startsWith('too_') ? 'another' : 'a'} number was found`;
  if (Array.isArray(found)) return code === 'too_big' ? `the list has ${found.length} entries` : 'a list was found';
  if (typeof found === 'boolean' || found === null) return `${String(found)} was found`;
  return found === undefined ? 'nothing was found' : 'an object was found';
}
