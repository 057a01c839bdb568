import type { ChangeAction, Job, KeptReason, LinkChange, RecordChange, RowResult } from '@rosterport/domain';

/** True when the job changed nothing, and its numbers and changes are those that it would have made. */
export function isOnlyPlanned({ state }: Pick<Job, 'state'>): boolean {
  return state === 'held' || state === 'previewed' || state === 'discarded' || state === 'superseded';
}

const changing: ReadonlySet<string> = new Set<RowResult | ChangeAction>(['created', 'updated', 'deactivated', 'reactivated', 'removed']);

/** A result or an action in words: `created`, or `would be created` where the job changed nothing. */
export function resultWords(job: Pick<Job, 'state'>, result: RowResult | ChangeAction): string {
  return isOnlyPlanned(job) && changing.has(result) ? `would be ${result}` : result;
}

const reasons: Readonly<Record<KeptReason, string>> = {
  changedSince: 'it was changed since',
  referenced: 'other records refer to it',
  valueTaken: 'somebody else has the value now',
};

/** Why a revert left a record as it is; empty when it did not. */
export function reasonWords({ reason }: RecordChange): string {
  return reason === null ? '' : reasons[reason];
}

/** Who or what a change is about: name and external id, as far as they are known. */
export function recordWords({ kind, name, externalId, id }: RecordChange): string {
  if (name === null) return externalId ?? `${kind} ${id}`;
  return externalId === null ? name : `${name} (${externalId})`;
}

/** A value as text; empty for none. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a link is about; the group is named by its id where it has no name. */
export function linkWords({ kind, group, manager }: LinkChange): { readonly field: string; readonly value: string } {
  const name = group.name === '' ? (group.externalId ?? group.id) : group.name;
  return kind === 'membership' ? { field: 'group', value: name } : { field: `manager of ${name}`, value: manager ?? '' };
}

/** What becomes of a link, in words that need no column: a manager is named by a row, whoever else names them too. */
export function linkSentence(link: LinkChange): string {
  const { kind, change } = link;
  const { field, value } = linkWords(link);
  if (kind === 'membership') return `${change === 'added' ? 'added to' : 'removed from'} the group ${value}`;
  return `${value} ${change === 'added' ? 'named' : 'no longer named'} as ${field}`;
}
