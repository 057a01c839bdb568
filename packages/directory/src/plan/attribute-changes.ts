import { issue, nearestOption, type AttributeChange, type Issue } from '@rosterport/domain';
import { firstFew } from '../work/first-few.ts';
import type { PlanContext } from './file-facts.ts';
import { newOptions } from './new-options.ts';

/** What the file brings along for the definitions of attributes; nothing where the feed is strict about them. */
export async function attributeChanges(context: PlanContext): Promise<readonly AttributeChange[]> {
  if (context.policy.unknownAttribute === 'strict') return [];
  return [...context.file.newAttributes.map(defined), ...(await newOptions(context))];
}

/** An attribute that a header names is a text, since nobody said otherwise. */
function defined(name: string): AttributeChange {
  return { before: null, after: { name, type: 'text', options: [], required: false } };
}

/** How many new attributes have a warning each; more than these are told in one. */
const mostAlone = 20;

/** One warning for each attribute that the job defines, or one for all of many, and one for each list that gets new options. */
export function warnOfAttributes(changes: readonly AttributeChange[]): readonly Issue[] {
  const names = changes.filter(({ before }) => before === null).map(({ after }) => after.name);
  const lists = changes.flatMap(({ before, after }) => {
    if (before === null) return [];
    const added = after.options.slice(before.options.length);
    return [issue('validateNewOptions', { column: after.name, found: someOf(added), expected: likeness(added, before.options) })];
  });
  return [...warnOfNew(names), ...lists];
}

function warnOfNew(names: readonly string[]): readonly Issue[] {
  if (names.length <= mostAlone) return names.map((name) => issue('validateNewAttributes', { column: name, found: name }));
  return [issue('validateNewAttributes', { found: `${names.length} of them: ${firstFew(names)}` })];
}

const mostShown = 10;

function someOf(options: readonly string[]): string {
  const shown = options.slice(0, mostShown).join(', ');
  return options.length > mostShown ? `${shown} and ${options.length - mostShown} more` : shown;
}

/** A new option that is nearly an old one is mostly a slip. */
function likeness(added: readonly string[], known: readonly string[]): string {
  const near = added.slice(0, mostShown).flatMap((option) => {
    const like = nearestOption(option, known);
    return like === null ? [] : [`${option} is almost ${like}`];
  });
  return near.length === 0 ? 'none of them is almost one that was there' : near.join(', ');
}
