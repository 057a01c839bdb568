import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issue } from '@rosterport/domain';
import { beginNextJob, endJob, rejectedOutcome, withTenantClaim } from '@rosterport/jobs';
import { statusCodes, type SftpStatus } from '@rosterport/sftp';
import { doorUnderTest, until, type Account } from './test/door-under-test.ts';
import { sftpClient, type SftpClient } from './test/sftp-client.ts';

const door = doorUnderTest({ emptySeconds: 60, takeOverSeconds: 600 });

/** The bits of `pflags` by letter: READ, WRITE, APPEND, CREAT, TRUNC, EXCL (draft-ietf-secsh-filexfer-02, section 6.3). */
const bits = { r: 0x01, w: 0x02, a: 0x04, c: 0x08, t: 0x10, x: 0x20 } as const;
type Letter = keyof typeof bits;
const letters = Object.keys(bits) as readonly Letter[];
const combinations: readonly string[] = Array.from({ length: 64 }, (_, set) => letters.filter((letter) => (set & bits[letter]) !== 0).join(''));

/** A refusal, or the bytes that a handle shows. */
type Answer = Exclude<SftpStatus, 'ok'> | number;
/** The first rule of which all letters before the stroke are set, and none behind it, gives the answer. */
type Rules = readonly (readonly [wanted: `${string}/${string}`, answer: Answer])[];

interface Story {
  /** Where a combination of flags finds it; each its own, so that none changes what another one finds. */
  readonly pathOf: (flags: string) => string;
  /** Puts one in each of the places; resolves with what is to be ended afterwards. */
  readonly place: (paths: readonly string[]) => Promise<SftpClient | undefined>;
  readonly rules: Rules;
  /** The bytes that STAT shows before each OPEN and after a refused one; `null` where no file is. */
  readonly size: number | null;
}

let account: Account;
let client: SftpClient;
const log = (): Promise<SftpClient> => sftpClient({ port: door.server.port, username: 'acme', password: account.token });
const pathIn = (folder: string, ending = '.csv') => (flags: string): string => `${folder}/${flags === '' ? '0' : flags}${ending}`;

/** Opens all of them in a session of their own and writes a piece. */
async function openedElsewhere(paths: readonly string[]): Promise<SftpClient> {
  const other = await log();
  for (const path of paths) await other.write(await other.open(path, 'w'), 'abc');
  return other;
}

async function receiptOf(path: string): Promise<string> {
  await client.put(path, 'content');
  await withTenantClaim(door.database.db, account.tenant.id, async (connection) => {
    const job = await beginNextJob(connection, account.tenant.id);
    await endJob(connection, job!.id, rejectedOutcome('csv', [issue('validateFileIsNotEmpty')]));
  });
  return `/receipts/${(await client.names('/receipts'))[0]}`;
}

const nothing = (): Promise<undefined> => Promise.resolve(undefined);

let receipt: string;
let receiptSize: number;

beforeAll(async () => {
  account = await door.account('acme');
  client = await log();
  receipt = await receiptOf('/first.csv');
  receiptSize = (await client.stat(receipt)).size;
});
afterAll(() => client.end());

const stories: Readonly<Record<string, () => Story>> = {
  nothing: () => ({
    pathOf: pathIn('/incoming'),
    place: nothing,
    size: null,
    rules: [['wc/', 0], ['/', 'noSuchFile']],
  }),
  'an upload in the hands of another session': () => ({
    pathOf: pathIn('/delta'),
    place: openedElsewhere,
    size: 3,
    rules: [['/w', 'permissionDenied'], ['cx/', 'failure'], ['a/t', 'failure'], ['/', 0]],
  }),
  'an upload that broke off': () => ({
    pathOf: pathIn('/full'),
    place: async (paths) => {
      await (await openedElsewhere(paths)).drop();
      await until(async () => (await client.list('/full')).filter(({ longname }) => longname.includes(' partial ')).length === paths.length);
      return undefined;
    },
    size: 3,
    rules: [['/w', 'permissionDenied'], ['cx/', 'failure'], ['t/', 0], ['/', 3]],
  }),
  'a whole upload under a temporary name': () => ({
    pathOf: pathIn('/test', '.csv.part'),
    place: async (paths) => {
      for (const path of paths) await client.put(path, 'content');
      return undefined;
    },
    size: 7,
    rules: [['/w', 'permissionDenied'], ['cx/', 'failure'], ['t/', 0], ['/', 7]],
  }),
  'an accepted file': () => ({
    pathOf: pathIn('/feeds/default'),
    place: async (paths) => {
      for (const path of paths) await client.put(path, 'content');
      await until(async () => (await door.jobs(account)).length === paths.length + 1);
      return undefined;
    },
    size: 7,
    rules: [['/w', 'permissionDenied'], ['cx/', 'failure'], ['a/t', 'failure'], ['t/', 0], ['/', 7]],
  }),
  'a receipt': () => ({ pathOf: () => receipt, place: nothing, size: receiptSize, rules: [['w/', 'permissionDenied'], ['/', receiptSize]] }),
  'a folder': () => ({ pathOf: () => '/incoming', place: nothing, size: null, rules: [['/', 'failure']] }),
};

function expected(rules: Rules, flags: string): Answer | undefined {
  const has = (letter: string): boolean => flags.includes(letter);
  return rules.find(([rule]) => {
    const [set = '', unset = ''] = rule.split('/');
    return Array.from(set).every(has) && !Array.from(unset).some(has);
  })?.[1];
}

/** What OPEN answers; a handle is told by what it shows, and taken back. */
async function opened(path: string, flags: string): Promise<Answer | undefined> {
  const mode = letters.filter((letter) => flags.includes(letter)).reduce((sum, letter) => sum | bits[letter], 0);
  let handle: Buffer;
  try {
    handle = await new Promise<Buffer>((resolve, reject) => client.sftp.open(path, mode, (error, got) => (error ? reject(error) : resolve(got))));
  } catch (error) {
    return nameOf((error as { code?: unknown }).code);
  }
  const { size } = await new Promise<{ size: number }>((resolve, reject) => client.sftp.fstat(handle, (error, got) => (error ? reject(error) : resolve(got))));
  // What is removed in the client's own hands is forgotten, whatever its handle says afterwards.
  if (flags.includes('w')) await client.remove(path);
  await client.closeHandle(handle).catch(() => undefined);
  return size;
}

function nameOf(code: unknown): Answer | undefined {
  const [name] = Object.entries(statusCodes).find(([, one]) => one === code) ?? [];
  return name as Answer | undefined;
}

describe('OPEN, with each of the 64 combinations of its flags, of', () => {
  test.each(Object.keys(stories))('%s', async (name) => {
    const { pathOf, place, rules, size } = stories[name]!();
    const other = await place(combinations.map(pathOf));
    const jobs = (await door.jobs(account)).length;
    const sizeAt = (path: string): Promise<number | null> => client.stat(path).then((found) => (found.isDirectory() ? null : found.size), () => null);
    const answers: Record<string, Answer | undefined> = {};
    for (const flags of combinations) {
      const path = pathOf(flags);
      expect(await sizeAt(path)).toBe(size);
      answers[flags] = await opened(path, flags);
      if (typeof answers[flags] === 'string') expect(await sizeAt(path)).toBe(size);
    }
    await other?.drop();
    expect(answers).toEqual(Object.fromEntries(combinations.map((flags) => [flags, expected(rules, flags)])));
    expect((await door.jobs(account)).length).toBe(jobs);
  });
});
