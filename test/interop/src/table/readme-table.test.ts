import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { hindrance } from '../case.ts';
import { cases } from '../cases/cases.ts';
import { clients } from '../clients/clients.ts';
import { difference, readmeTable, tableIn, withTable } from './readme-table.ts';
import type { Results } from './results.ts';

const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');

/** What a run shows in which every client plays every case that it can. */
const allWell: Results = {
  clients: clients.map((client) => ({
    name: client.name,
    version: '1.0',
    passed: cases.filter((one) => hindrance(client, one) === null).map(({ name }) => name),
  })),
};

// What the cells say is compared by the run of the matrix itself.
test('the README has a row for every client and a column for every case, with a dash where a client cannot', () => {
  expect(difference(readme.replaceAll(/\bno(?= \|)/g, '✓'), allWell)).toEqual([]);
});

test('the README gives the reason of every dash', () => {
  const below = (table: string): string => table.slice(table.indexOf('\n\n'));
  expect(below(tableIn(readme) ?? '')).toBe(below(readmeTable(allWell)));
});

describe('a table', () => {
  const one = (change: Partial<Results['clients'][number]>): Results => ({ clients: allWell.clients.map((client, at) => (at === 0 ? { ...client, ...change } : client)) });

  test('that was written is the one that is found', () => {
    expect(tableIn(withTable(readme, readmeTable(allWell)))).toBe(readmeTable(allWell));
  });

  test('differs when a case fails, and names the client', () => {
    expect(difference(readme, one({ passed: [] }))).toEqual([expect.stringMatching(/^OpenSSH sftp: ✓.* but no/)]);
  });

  test('differs when a client has another name', () => {
    expect(difference(readme, one({ name: 'another' }))).toHaveLength(2);
  });

  test('does not differ by versions, nor by a client that was not there', () => {
    expect(difference(readme, one({ version: '99' }))).toEqual([]);
    expect(difference(readme, one({ version: null, passed: [] }))).toEqual([]);
  });

  test('needs its place', () => {
    expect(() => withTable('# Read me', 'x')).toThrow('no place');
  });
});
