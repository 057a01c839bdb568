import { userColumns } from './columns.ts';

/** What the values of an attribute are. Dates are ISO 8601 days; `list` is one of the definition's options. */
export const attributeTypes = ['text', 'number', 'date', 'list'] as const;

/** The type of an attribute. */
export type AttributeType = (typeof attributeTypes)[number];

/** An attribute of people that a tenant has defined. */
export interface AttributeDefinition {
  /** Unique within the tenant; compared exactly. */
  readonly name: string;
  readonly type: AttributeType;
  /** The values that a `list` takes, in the order in which they were given; empty for other types. */
  readonly options: readonly string[];
  /** True when every active person of a file must have a value. */
  readonly required: boolean;
}

/** A definition that comes or changes; `before` is `null` where the attribute was not defined. */
export interface AttributeChange {
  readonly before: AttributeDefinition | null;
  readonly after: AttributeDefinition;
}

/** How many options a list has at most. */
export const mostOptions = 1000;
/** How many characters (Unicode code points) the name of an attribute, and an option, have at most. */
export const longestOption = 200;

/** Controls, marks that cannot be seen, and halves of characters: two names that look alike would differ by them. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/u;

/** Why the definition cannot be used, all reasons as one clause without a full stop; `null` when it can. */
export function attributeProblem({ name, type, options }: AttributeDefinition): string | null {
  const problems = [...nameProblems(name), ...optionProblems(type, options)];
  return problems.length === 0 ? null : problems.join('; ');
}

function nameProblems(name: string): readonly string[] {
  const problem = textProblem(name);
  if (problem !== null) return [`its name ${problem}`];
  const column = userColumns.flatMap(({ headers }) => headers).find((header) => folded(header) === folded(name));
  return column === undefined ? [] : [`its name is that of the column ${column}`];
}

function optionProblems(type: AttributeType, options: readonly string[]): readonly string[] {
  if (type !== 'list') return options.length > 0 ? ['only a list has options'] : [];
  if (options.length === 0) return ['a list needs at least one option'];
  const faulty = new Set(options.map(textProblem).filter((one) => one !== null));
  return [
    ...(options.length > mostOptions ? [`a list has at most ${mostOptions} options`] : []),
    ...(new Set(options).size < options.length ? ['one of its options stands there twice'] : []),
    ...[...faulty].map((one) => `one of its options ${one}`),
  ];
}

function textProblem(text: string): string | null {
  if (text === '') return 'is empty';
  if (text !== text.trim().normalize('NFC')) return 'has space around it, or is not in Unicode NFC';
  if (unseen.test(text)) return 'holds a character that cannot be seen';
  return Array.from(text).length > longestOption ? `is longer than ${longestOption} characters` : null;
}

function folded(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
