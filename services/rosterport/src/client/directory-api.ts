import { Failure, type DirectoryGroup, type DirectoryUser, type Erasure, type HistoryEntry, type Page, type UserHistory } from '@rosterport/domain';
import type { Connection } from './connection.ts';
import { queryText } from './query-text.ts';

/** The history of a person with a page of their changes, as the server gives it. */
export type SentHistory = Omit<UserHistory, 'changes'> & Page<HistoryEntry>;

/** A person or group of the directory: the external id, or `id:` and the id. */
export type RecordName = string;

/** A page of people or groups, and what it is narrowed to. */
export interface RecordQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly externalId?: string | undefined;
}

/** The server's directory as the commands use it. Every request rejects with a failure. */
export interface DirectoryApi {
  /** Fails with `notFound` for a name that nobody has. */
  user(name: RecordName): Promise<DirectoryUser>;
  group(name: RecordName): Promise<DirectoryGroup>;
  addUser(values: object): Promise<DirectoryUser>;
  changeUser(id: string, values: object): Promise<DirectoryUser>;
  addGroup(values: object): Promise<DirectoryGroup>;
  changeGroup(id: string, values: object): Promise<DirectoryGroup>;
  /** Gives the group as it was. With `moveUp` the groups below it get the group above it; otherwise there may be none. */
  removeGroup(id: string, children: 'refuse' | 'moveUp'): Promise<DirectoryGroup>;
  users(query: RecordQuery & { readonly active?: boolean | undefined }): Promise<Page<DirectoryUser>>;
  groups(query: RecordQuery): Promise<Page<DirectoryGroup>>;
  history(id: string, query: { readonly limit: number; readonly cursor?: string | undefined }): Promise<SentHistory>;
  erase(id: string, confirm: string): Promise<Erasure>;
}

/** Makes the directory of a server ready; nothing is sent yet. */
export function directoryApi(connection: Connection, url: string): DirectoryApi {
  // The server is of our own making: what it says is believed once it looks like what was asked for.
  const checked = (answer: unknown, part: string): never => {
    if (typeof answer === 'object' && answer !== null && part in answer) return answer as never;
    throw new Failure('serverStrange', { values: { url, problem: 'its answer has another shape' } });
  };
  const find = async <Item>(kind: 'user' | 'group', name: RecordName): Promise<Item> => {
    const notFound = new Failure('notFound', { values: { what: kind === 'user' ? 'person' : 'group' } });
    const [, id] = /^id:(.*)$/.exec(name) ?? [];
    // Without an id the address would be that of the list.
    if (id === '') throw notFound;
    if (id !== undefined) return checked(await connection.get(pathOf(kind, id)), 'id');
    const query = new URLSearchParams({ externalId: name, limit: '1' });
    const { items }: Page<Item> = checked(await connection.get(`/v1/${kind}s?${query.toString()}`), 'items');
    if (items[0] === undefined) throw notFound;
    return items[0];
  };
  return {
    user: (name) => find('user', name),
    group: (name) => find('group', name),
    addUser: async (values) => checked(await connection.post('/v1/users', values), 'id'),
    changeUser: async (id, values) => checked(await connection.patch(pathOf('user', id), values), 'id'),
    addGroup: async (values) => checked(await connection.post('/v1/groups', values), 'id'),
    changeGroup: async (id, values) => checked(await connection.patch(pathOf('group', id), values), 'id'),
    removeGroup: async (id, children) => checked(await connection.remove(`${pathOf('group', id)}?children=${children}`), 'id'),
    users: async (query) => checked(await connection.get(`/v1/users?${queryText(query)}`), 'items'),
    groups: async (query) => checked(await connection.get(`/v1/groups?${queryText(query)}`), 'items'),
    history: async (id, { limit, cursor }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(cursor === undefined ? {} : { cursor }) });
      return checked(await connection.get(`${pathOf('user', id)}/history?${query.toString()}`), 'values');
    },
    erase: async (id, confirm) => checked(await connection.remove(`${pathOf('user', id)}?${new URLSearchParams({ confirm }).toString()}`), 'id'),
  };
}

function pathOf(kind: 'user' | 'group', id: string): string {
  return `/v1/${kind}s/${encodeURIComponent(id)}`;
}
