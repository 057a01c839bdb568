import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withSftp } from '@rosterport/journeys';
import { playSession } from '../recorded/play.ts';
import { RawSession } from '../recorded/raw-session.ts';
import { target } from '../recorded/recording.ts';
import { recordings } from '../recorded/recordings.ts';
import { settledJobs } from '../scene/ledger.ts';
import { writePeople, type SentFile } from '../scene/people-file.ts';
import { statOf } from '../scene/scene.ts';
import { openStage, type Account, type Stage } from '../scene/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage([]);
});
afterAll(() => stage.close());

const expectedJob = ({ size, sha256 }: SentFile) => ({ fileName: target.slice(1), size, sha256, state: 'applied', folder: '/', mode: 'delta', dryRun: false, channel: 'sftp' });

test.each(recordings.map((recording, at) => ({ ...recording, user: `recorded-${at}` })))('$client $what', async ({ user, overwrites, sessions }) => {
  const account = await stage.account(user);
  const folder = await stage.folder(user);
  const before = await writePeople(join(folder, 'before.csv'), { about: `${user}-before`, rows: 3 });
  const file = await writePeople(join(folder, 'report.csv'), { about: user, rows: 200, padding: 2_000 });
  const port = stage.product.facts.sftpPort;
  if (overwrites) {
    await putBeside(account, before);
    await settledJobs(stage.database, account.tenantId, 1);
  }

  for (const session of sessions) {
    const raw = await RawSession.begin({ port, ...account });
    const played = await playSession(raw, session, { bytes: await readFile(file.path), modified: file.modified });
    expect(played).toEqual(session.map(({ ask, answer }) => ({ ask, answer })));
  }

  const expected = [...(overwrites ? [before] : []), file].map(expectedJob);
  const jobs = await settledJobs(stage.database, account.tenantId, expected.length);
  expect(jobs.map(({ id: _, ...job }) => job)).toEqual(expected);
  const shown = await watching(account, (sftp) => statOf(sftp, target));
  expect(shown).toMatchObject({ size: file.size });
});

function watching<Result>({ user, password }: Account, work: Parameters<typeof withSftp<Result>>[1]): Promise<Result> {
  return withSftp(stage.product, work, { username: user, password });
}

function putBeside(account: Account, { path }: SentFile): Promise<void> {
  return watching(account, (sftp) => new Promise<void>((resolve, reject) => sftp.fastPut(path, target, (error) => (error == null ? resolve() : reject(error)))));
}
