import type { Database } from '@rosterport/database';
import type { CredentialId } from '@rosterport/domain';

import { answerWithin } from './answer-within.ts';

/** Writes down when credentials were used. */
export interface LastUseWriter {
  /**
   * Notes a use and returns at once. It is written at most once a minute for each credential. A write that fails is
   * dropped without a word: the next use after it tries again, and nothing is decided by this value.
   */
  note(use: LastUse): void;
  /** Takes no more notes and waits for the writes under way. */
  close(): Promise<void>;
}

/** One use. */
export interface LastUse {
  readonly credentialId: CredentialId;
  /** What the database has so far. */
  readonly writtenAt: Date | null;
  readonly now: Date;
}

const pauseMilliseconds = 60_000;

/** Opens a writer on the database, which gives up a write after so many seconds without an answer. */
export function openLastUseWriter(db: Database, answerSeconds: number): LastUseWriter {
  const writing = new Map<CredentialId, Promise<void>>();
  let closed = false;
  return {
    note(use) {
      if (closed || writing.has(use.credentialId) || isFresh(use)) return;
      const done = (): boolean => writing.delete(use.credentialId);
      writing.set(use.credentialId, answerWithin(answerSeconds, write(db, use)).then(done, done).then(() => undefined));
    },
    async close() {
      closed = true;
      await Promise.all(writing.values());
    },
  };
}

function isFresh({ writtenAt, now }: LastUse): boolean {
  return writtenAt !== null && now.getTime() - writtenAt.getTime() < pauseMilliseconds;
}

/** The condition keeps other processes, and look-ups that read before an earlier write, to one write a minute. */
async function write(db: Database, { credentialId, now }: LastUse): Promise<void> {
  const before = new Date(now.getTime() - pauseMilliseconds);
  await db.pool.query(
    'update credentials set last_used_at = $1 where id = $2 and (last_used_at is null or last_used_at <= $3)',
    [now, credentialId, before],
  );
}
