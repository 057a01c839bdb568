import { describe, expect, test } from '@jest/globals';
import { changeFeed, type PolicyChanges } from '@rosterport/access';
import { inTransaction } from '@rosterport/database';
import { issue, type JobId } from '@rosterport/domain';
import { beginNextJob, endJob, listEvents, rejectedOutcome, withTenantClaim } from '@rosterport/jobs';
import { createHash } from 'node:crypto';
import { doorUnderTest, until, type Account } from './test/door-under-test.ts';
import { errorOf, sftpClient, type SftpClient } from './test/sftp-client.ts';
import { sweepLeft } from './sweep-left.ts';

const door = doorUnderTest({ emptySeconds: 0.1 });
let serial = 0;
const log = (who: Account): Promise<SftpClient> => sftpClient({ port: door.server.port, username: who.tenant.name, password: who.token });

/** A tenant whose feed has the policy, logged in; it logs out afterwards. */
async function loggedIn(policy: PolicyChanges, work: (client: SftpClient, who: Account) => Promise<void>): Promise<void> {
  const who = await door.account(`tenant-${(serial += 1)}`);
  await inTransaction(door.database.db, (tx) => changeFeed(tx, { tenantId: who.tenant.id, name: 'default' }, { policy }));
  const client = await log(who);
  await work(client, who);
  await client.end();
}

const names = async (who: Account): Promise<readonly string[]> => (await door.jobs(who)).map(({ file_name }) => file_name);
const checksum = createHash('sha256').update('content').digest('hex');
const missing = 'There is no such file.';

describe('a feed that wants a proof beside each file', () => {
  test.each([
    ['an empty marker', 'done', ''],
    ['a checksum', 'sha256', `${checksum}  a.csv\n`],
  ] as const)('takes %s, before the file or after it, once', async (_, sidecar, proof) => {
    await loggedIn({ sidecar }, async (client, who) => {
      const beside = `/a.csv.${sidecar}`;
      await client.put('/a.csv', 'content');
      expect(await names(who)).toEqual([]);
      const [listed] = await client.list('/incoming');
      expect(listed?.longname).toMatch(/^--w------- +1 awaiting /);
      await client.put(beside, proof);
      expect(await names(who)).toEqual(['a.csv']);
      expect(await client.stat(beside)).toMatchObject({ size: proof.length });
      await client.put(beside, proof);
      expect(await names(who)).toEqual(['a.csv']);
      await client.put('/a.csv.part', 'content');
      await client.rename('/a.csv.part', '/a.csv');
      expect(await names(who)).toEqual(['a.csv', 'a.csv']);
      await client.put('/a.csv', 'content');
      expect(await names(who)).toHaveLength(2);
    });
  });

  test('refuses a file with another checksum, in the reply to whichever comes last', async () => {
    await loggedIn({ sidecar: 'sha256' }, async (client, who) => {
      const damaged = 'The file is not the one that was declared: its SHA-256 is another.';
      await client.put('/a.csv', 'damaged');
      expect(await errorOf(client.put('/a.csv.sha256', checksum))).toBe(damaged);
      expect(await errorOf(client.stat('/a.csv'))).toBe(missing);
      await client.put('/b.csv.sha256', checksum);
      expect(await errorOf(client.put('/b.csv', 'damaged'))).toBe(damaged);
      expect(await errorOf(client.stat('/b.csv'))).toBe(missing);
      await client.put('/c.csv', 'content');
      expect(await errorOf(client.put('/c.csv.sha256', 'no sum'))).toContain('no SHA-256');
      await client.put('/c.csv.sha256', checksum);
      expect(await names(who)).toEqual(['c.csv']);
    });
  });

  test('waits across sessions, and tells of a file whose proof never came', async () => {
    await loggedIn({ sidecar: 'done' }, async (client, who) => {
      await client.put('/a.csv', 'content');
      await client.put('/b.csv', 'content');
      const other = await log(who);
      await other.put('/a.csv.done', '');
      await other.end();
      expect(await names(who)).toEqual(['a.csv']);
      const { staging } = door.context;
      const expired = { ...staging, expiredPartials: () => staging.partials(credential) };
      const { rows } = await door.database.db.pool.query<{ id: string }>('select id from credentials where tenant_id = $1', [who.tenant.id]);
      const credential = rows[0]!.id as never;
      await sweepLeft({ ...door.context, staging: expired });
      expect(await errorOf(client.stat('/b.csv'))).toBe(missing);
      const { items } = await listEvents(door.database.db, { tenantId: who.tenant.id, kind: 'uploadExpired', limit: 10 });
      expect(items.map(({ details }) => details)).toMatchObject([{ fileName: 'b.csv', folder: '/', size: 7 }]);
    });
  });
});

describe('a feed whose senders wait for the verdict', () => {
  /** Ends the tenant's next job as rejected, once there is one. */
  async function rejectNext({ tenant }: Account): Promise<void> {
    let done = false;
    await until(async () => {
      await withTenantClaim(door.database.db, tenant.id, async (connection) => {
        const job = await beginNextJob(connection, tenant.id);
        if (job === null) return;
        await endJob(connection, job.id, rejectedOutcome('csv', [issue('validateFileIsNotEmpty')]));
        done = true;
      });
      return done;
    });
  }

  test.each(['CLOSE', 'RENAME'])('hears at %s that a file is wrong, and then there is none', async (last) => {
    await loggedIn({ closeWaits: 30 }, async (client, who) => {
      const sent = last === 'CLOSE' ? client.put('/a.csv', 'x') : client.put('/a.csv.part', 'x').then(() => client.rename('/a.csv.part', '/a.csv'));
      const [heard] = await Promise.all([errorOf(sent), rejectNext(who)]);
      expect(heard).toBe(issue('validateFileIsNotEmpty').message);
      expect(await errorOf(client.stat('/a.csv'))).toBe(missing);
      const [job] = await door.jobs(who);
      expect(await client.names('/receipts')).toContain(`a.csv.${job?.id as JobId}.json`);
    });
  });

  test('hears nothing of it when that takes too long', async () => {
    await loggedIn({ closeWaits: 1 }, async (client, who) => {
      await client.put('/a.csv', 'x');
      expect(await client.stat('/a.csv')).toMatchObject({ size: 1 });
      expect(await door.jobs(who)).toMatchObject([{ state: 'staged' }]);
    });
  });
});

describe('a newer file of a name', () => {
  test.each([
    ['queue', ['processing', 'staged', 'staged', 'staged']],
    ['supersede', ['superseded', 'processing', 'staged', 'staged']],
  ] as const)('with %s', async (sameName, states) => {
    await loggedIn({ sameName }, async (client, who) => {
      for (const path of ['/a.csv', '/a.csv', '/b.csv', '/test/a.csv']) await client.put(path, 'x');
      await withTenantClaim(door.database.db, who.tenant.id, async (connection) => {
        await beginNextJob(connection, who.tenant.id);
      });
      const jobs = await door.jobs(who);
      expect(jobs.map(({ state }) => state)).toEqual(states);
      const { items } = await listEvents(door.database.db, { tenantId: who.tenant.id, kind: 'jobSuperseded', limit: 10 });
      expect(items.map(({ jobId, details }) => [jobId, details])).toEqual(sameName === 'queue' ? [] : [[jobs[0]!.id, { by: jobs[1]!.id }]]);
      expect((await client.names('/receipts')).length).toBe(sameName === 'queue' ? 0 : 2);
    });
  });
});
