import { issue, nearestOption, type AttributeChange, type AttributeDefinition, type Issue } from '@rosterport/domain';
import { firstFew } from '../work/first-few.ts';
import type { JobContext } from '../work/job-context.ts';
import { newOptions } from './new-options.ts';

/** What the file brings along for the definitions of attributes; nothing where the feed is strict about them. */
export async function attributeChanges(context: JobContext): Promise<readonly AttributeChange[]> {
  if (context.policy.unknownAttribute === 'strict') return [];
  return [...(await newAttributes(context)), ...(await newOptions(context))];
}

/** The attributes that the file's headers name and the tenant does not know. They are texts, since nobody said otherwise. */
async function newAttributes({ client, tenantId }: JobContext): Promise<readonly AttributeChange[]> {
  const { rows } = await client.query<Pick<AttributeDefinition, 'name'>>(
    `select distinct c.name from in_columns c
     where c.field like 'attribute:%' and not exists (
       select from attribute_definitions d where d.tenant_id = $1 and d.name = c.name)
     order by 1`,
    [tenantId],
  );
  return rows.map(({ name }) => ({ before: null, after: { name, type: 'text', options: [], required: false } }));
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
