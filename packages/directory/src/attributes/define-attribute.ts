import type { PoolClient } from '@rosterport/database';
import { attributeProblem, attributeReader, Failure, type AttributeChange, type AttributeDefinition } from '@rosterport/domain';
import { writeDefinitions, type DefinitionAuthor } from '../apply/write-definitions.ts';
import { lockDirectory } from '../work/lock-directory.ts';
import { findAttribute } from './find-attribute.ts';

/**
 * Defines an attribute, or defines it anew, in the caller's transaction, with its journal entry; one that is already so is
 * left alone. Values are kept as they are, so each must be one that the definition takes.
 *
 * Returns the definition before and after, which are one object where nothing has changed. Fails with `attributeInvalid`, which says how many people stand in the way.
 */
export async function defineAttribute(
  client: PoolClient,
  after: AttributeDefinition,
  author: DefinitionAuthor,
): Promise<AttributeChange> {
  const problem = attributeProblem(after);
  if (problem !== null) throw new Failure('attributeInvalid', { values: { problem } });
  await lockDirectory(client, author.tenantId);
  const before = await findAttribute(client, author.tenantId, after.name);
  if (before !== null && isSame(before, after)) return { before, after: before };
  const misfits = await countMisfits(client, after, author);
  if (misfits > 0) {
    const people = misfits === 1 ? '1 person has a value' : `${misfits} people have values`;
    throw new Failure('attributeInvalid', { values: { problem: `${people} that it does not take` } });
  }
  await writeDefinitions(client, author, [{ before, after }]);
  return { before, after };
}

function isSame(one: AttributeDefinition, other: AttributeDefinition): boolean {
  const options = [one, other].map((definition) => JSON.stringify(definition.options));
  return one.type === other.type && one.required === other.required && options[0] === options[1];
}

const pageSize = 10_000;

/** How many people, active or not, have a value that the definition does not take. */
async function countMisfits(client: PoolClient, definition: AttributeDefinition, { tenantId }: DefinitionAuthor): Promise<number> {
  const read = attributeReader(definition);
  let misfits = 0;
  for (let last = '0'; ; ) {
    const { rows } = await client.query<{ id: string; value: string }>(
      `select id::text, attributes ->> $2 as value from users
       where tenant_id = $1 and attributes ? $2 and id > $3::bigint order by id limit ${pageSize}`,
      [tenantId, definition.name, last],
    );
    misfits += rows.filter(({ value }) => !read(value).ok).length;
    if (rows.length < pageSize) return misfits;
    last = rows.at(-1)?.id ?? last;
  }
}
