import type { EditContext } from './edit-context.ts';

/** Values as the journal has them: those that change, by name. */
export type Values = Readonly<Record<string, unknown>>;

/** One change, in the form in which apply writes its own. */
export interface Entry {
  readonly kind: 'user' | 'group' | 'membership' | 'managerFact';
  /** The record under which it is found: the person of a membership, the group of a fact. */
  readonly recordId: string;
  /** `null` for what is made. */
  readonly before: Values | null;
  /** `null` for what is removed. */
  readonly after: Values | null;
}

/** Writes a change that was made by hand into the journal: without a job, with the credential. */
export async function writeEntry({ client, tenantId, credentialId }: EditContext, entry: Entry): Promise<void> {
  const { kind, recordId, before, after } = entry;
  await client.query(
    `insert into journal (tenant_id, credential_id, kind, record_id, before, after) values ($1, $2, $3, $4, $5, $6)`,
    [tenantId, credentialId, kind, recordId, textOf(before), textOf(after)],
  );
}

function textOf(values: Values | null): string | null {
  return values === null ? null : JSON.stringify(values);
}

/** The values that differ, as they were and as they are; `null` when none does. They are compared as JSON. */
export function differing(before: Values, after: Values): { readonly before: Values; readonly after: Values } | null {
  const names = Object.keys(after).filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
  if (names.length === 0) return null;
  const only = (values: Values): Values => Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  return { before: only(before), after: only(after) };
}

/** The values that there are: what the journal keeps of a record that is made. */
export function present(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
