import { hindrance } from '../case.ts';
import { cases } from '../cases/cases.ts';
import { clients } from '../clients/clients.ts';
import type { ClientResults, Results } from './results.ts';

const begin = '<!-- clients: written by `npm run interop -- --write` -->';
const end = '<!-- end of clients -->';

/** The table of clients as the README shows it, with the reason of each dash below it. */
export function readmeTable({ clients: results }: Results): string {
  const rows = results.map((one) => [...[one.name, one.version ?? 'not there'], ...cases.map(({ name }) => cell(one, name))]);
  const heads = ['client', 'version', ...cases.map(({ name }) => name)];
  const rule = heads.map((_, at) => (at < 2 ? '---' : ':-:'));
  const reasons = clients.flatMap(({ name }) => {
    const told = reasonsOf(name);
    return told.length === 0 ? [] : [`- ${name}: ${told.join('; ')}.`];
  });
  return [...[heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`), '', 'A dash is what a client cannot do by its nature:', '', ...reasons].join('\n');
}

/** The table that stands in the text; `null` when there is none. */
export function tableIn(text: string): string | null {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  return from < 0 || to < from ? null : text.slice(from + begin.length, to).trim();
}

/** The text with another table. Throws when it has no place for one. */
export function withTable(text: string, table: string): string {
  if (tableIn(text) === null) throw new Error(`The text has no place for the table between ${begin} and ${end}.`);
  return `${text.slice(0, text.indexOf(begin) + begin.length)}\n\n${table}\n\n${text.slice(text.indexOf(end))}`;
}

/**
 * In what the table of the text differs from what a run showed, one line a row. Versions do not count, nor do clients that
 * were not there.
 */
export function difference(text: string, results: Results): readonly string[] {
  const shown = rowsOf(tableIn(text) ?? '');
  const found = rowsOf(readmeTable(results));
  const absent = results.clients.filter(({ version }) => version === null).map(({ name }) => name);
  const names = [...new Set([...shown.keys(), ...found.keys()])].filter((name) => !absent.includes(name));
  return names.flatMap((name) => (shown.get(name) === found.get(name) ? [] : [`${name}: ${shown.get(name) ?? 'no row'}, but ${found.get(name) ?? 'no row'}`]));
}

/** The rows of a table by their first cell, without the versions; and the reasons below it. */
function rowsOf(table: string): ReadonlyMap<string, string> {
  const rows = table.split('\n').flatMap((line): [string, string][] => {
    const [, name, , ...cells] = line.split('|').map((cell) => cell.trim());
    return name === undefined || cells.length === 0 ? [] : [[name, cells.join(' ').trim()]];
  });
  return new Map(rows);
}

function cell({ name, passed }: ClientResults, caseName: string): string {
  const client = clients.find((one) => one.name === name);
  const played = cases.find((one) => one.name === caseName);
  if (client !== undefined && played !== undefined && hindrance(client, played) !== null) return '—';
  return passed.includes(caseName) ? '✓' : 'no';
}

/** The reasons of a client's dashes, each once, with the cases that it concerns. */
function reasonsOf(clientName: string): readonly string[] {
  const client = clients.find(({ name }) => name === clientName);
  const byReason = new Map<string, string[]>();
  for (const one of client === undefined ? [] : cases) {
    const found = client === undefined ? null : hindrance(client, one);
    if (found !== null) byReason.set(found.cannot, [...(byReason.get(found.cannot) ?? []), one.name]);
  }
  return [...byReason].map(([reason, names]) => `${reason} (${names.join(', ')})`);
}
