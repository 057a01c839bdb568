import type { DirectoryGroup, DirectoryUser } from '@rosterport/domain';
import { pen } from '@rosterport/reports';

/** A person as lines of names and values. */
export function userText(user: DirectoryUser): string {
  const { attributes, groups, ...values } = user;
  const parts = [
    ...Object.entries(values),
    ...Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value] as const),
    ...groups.map((group) => ['group', groupName(group)] as const),
  ];
  return linesOf(parts);
}

/** A group as lines of names and values. */
export function groupText({ parent, managers, ...values }: DirectoryGroup): string {
  return linesOf([
    ...Object.entries(values),
    ['parent', parent === null ? null : groupName(parent)],
    ...managers.map((manager) => ['manager', groupName(manager)] as const),
  ]);
}

/** How a group is called in a line. */
export function groupName(group: { readonly id: string; readonly externalId: string | null; readonly name: string }): string {
  return `${group.name} (${recordLabel(group)})`;
}

/** How commands name a record: by its external id, else by its id. */
export function recordLabel({ id, externalId }: { readonly id: string; readonly externalId: string | null }): string {
  return externalId ?? `id:${id}`;
}

function linesOf(parts: readonly (readonly [string, unknown])[]): string {
  const shown = parts.filter(([, value]) => value !== null);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => pen(false)(`${name.padEnd(width)}  ${String(value)}`)).join('');
}
