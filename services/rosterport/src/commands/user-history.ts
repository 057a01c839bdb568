import type { ChangeOrigin, DirectoryGroupName, HistoryEntry, KnownValue } from '@rosterport/domain';
import type { DirectoryApi, SentHistory } from '../client/directory-api.ts';
import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { printJson } from './print.ts';
import { printList } from './print-list.ts';
import { readLimit } from './read-limit.ts';
import { groupName } from './record-text.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { textTable } from './text-table.ts';
import { recordNotes } from './user-options.ts';

interface Options extends ServerOptions {
  readonly limit: number;
  readonly json?: boolean;
}

/** `rosterport user history`. */
export const userHistory: CommandDefinition<Options> = {
  name: 'history',
  summary: 'Show which job, file and row set each value of a person, and what changed before, newest first.',
  examples: ['rosterport user history E1005', 'rosterport user history id:17 --limit 200 --json'],
  notes: `${recordNotes}\n${serverNotes}`,
  declare: (command) => {
    command.argument('<person>', 'the external id, or id: and the id');
    declareServer(command)
      .option('--limit <number>', 'how many changes at most', readLimit, 20)
      .option('--json', 'print the values and the changes');
  },
  run: async (call) =>
    useApi(call, 'reportToken', async ({ directory }) => {
      const { args: [name = ''], options, surroundings } = call;
      const { goesOn, ...history } = await historyOf(directory, (await directory.user(name)).id, options.limit);
      if (options.json === true) await printJson(surroundings.stdout, history);
      else await printList(surroundings, textOf(history), goesOn);
      return exitCodes.ok;
    }),
};

const largestPage = 1_000;

async function historyOf(directory: DirectoryApi, id: string, limit: number): Promise<Omit<SentHistory, 'next'> & { readonly goesOn: boolean }> {
  const { user, values, items, next } = await directory.history(id, { limit: Math.min(limit, largestPage) });
  const all = [...items];
  let cursor = next;
  while (cursor !== null && all.length < limit) {
    const page: SentHistory = await directory.history(id, { limit: Math.min(limit - all.length, largestPage), cursor });
    all.push(...page.items);
    cursor = page.next;
  }
  return { user, values, items: all, goesOn: cursor !== null };
}

function textOf({ values, items }: Omit<SentHistory, 'next'>): string {
  const now = textTable(['FIELD', 'VALUE', 'SET', 'BY'], values.map(valueCells), 'Nothing is known.');
  const before = textTable(['CHANGED', 'BY', 'WHAT', 'BEFORE', 'AFTER'], items.flatMap(changeCells), 'Nothing has changed.');
  return `${now}\n${before}`;
}

function valueCells({ field, value, origin }: KnownValue): readonly string[] {
  return [field, shown(value), origin?.at ?? '', origin === null ? '' : originText(origin)];
}

function changeCells(entry: HistoryEntry): readonly (readonly string[])[] {
  const head = [entry.at, originText(entry)];
  const values = entry.values.map(({ field, before, after }) => [...head, field, shown(before), shown(after)]);
  const links = entry.links.map(({ kind, change, group, manager }) => {
    const text = kind === 'membership' ? groupName(group) : `${groupName(group)}: ${shown(manager)}`;
    return [...head, kind === 'membership' ? 'group' : 'manager', change === 'removed' ? text : '', change === 'added' ? text : ''];
  });
  return [...values, ...links];
}

function originText({ job, sheet, row, by }: ChangeOrigin): string {
  if (job === null) return `${by ?? 'an operator'}, by hand`;
  const place = [...(sheet === null ? [] : [sheet]), ...(row === null ? [] : [`row ${row}`])].join(' ');
  const name = job.kind === 'revert' ? `revert of ${job.fileName}` : job.fileName;
  return `${name}${place === '' ? '' : ` ${place}`} (${job.id})`;
}

/** A group, or a group with its manager, is shown by its name. */
function shown(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  if ('name' in value) return groupName(value as DirectoryGroupName);
  const { group, manager } = value as { readonly group?: DirectoryGroupName; readonly manager?: string };
  return group === undefined || manager === undefined ? JSON.stringify(value) : `${groupName(group)}: ${manager}`;
}
