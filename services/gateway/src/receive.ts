import { randomUUID } from 'node:crypto';
import { openKnownFeeds, type KnownFeeds } from '@rosterport/access';
import { databaseFailure, type Database } from '@rosterport/database';
import type { Channel, CredentialId, Envelope, FeedId, JobId, Mode, TenantId } from '@rosterport/domain';
import { isFailure } from '@rosterport/domain';
import { groupedRegistration } from '@rosterport/jobs';
import type { Logger, Metrics } from '@rosterport/runtime';
import { checkFileName, type PartialDetails, type Staging, type Upload } from '@rosterport/staging';
import { unhurried } from './unhurried.ts';

/** Who sends, as far as the door knows. */
export interface Sender {
  readonly tenantId: TenantId;
  readonly feedId: FeedId;
  /** `null` for the drop folder. */
  readonly credentialId: CredentialId | null;
}

/** What the request or the folder says of a file; what is left out, or `null`, is left to the sender's credential and feed. */
export interface Said {
  /** Name of a feed of the tenant. */
  readonly feed?: string | null;
  readonly mode?: Mode | null;
  readonly dryRun?: boolean;
  /** The folder through which it comes, where the channel has several. */
  readonly folder?: string | null;
  /** When the sender says that the file was last changed, ISO 8601 in UTC. */
  readonly modifiedAt?: string | null;
  /** The whole file's size in bytes and SHA-256; one that differs is refused. */
  readonly size?: number | undefined;
  readonly sha256?: string | undefined;
}

/** What is known of an upload before its first byte. */
export interface Arrival {
  readonly sender: Sender;
  readonly said?: Said;
  readonly channel: Channel;
  /** The largest file that is taken, in bytes. */
  readonly limitBytes: number;
  /** The job's id, where the channel derives it from the file; otherwise a new one is given. */
  readonly jobId?: JobId;
}

/** An upload that was left, and is to be gone on with. */
export interface Return extends Arrival {
  readonly jobId: JobId;
  /** When its first byte arrived, ISO 8601 in UTC. */
  readonly receivedAt: string;
}

/** An upload that is under way: it ends with `accept`, `leave` or `discard`, never half. */
export interface Incoming {
  readonly jobId: JobId;
  /** When its first byte arrived, ISO 8601 in UTC. */
  readonly receivedAt: string;
  /** Takes the bytes, at any position and in any order. */
  readonly upload: Upload;
  /**
   * Seals the file and has its job made. When it resolves, the file survives a crash. `registered` never fails; it becomes true
   * when the job exists, and false when the database is away, and then the job is made as soon as it is back. What is said at last stands in place of what was said before the
   * first byte. Fails with `fileNameInvalid`, and like `begin` about the feed; the upload is then gone. Unless it `isAwaited`,
   * as it is when not told, its job may be made a moment later, with others.
   */
  accept(fileName: string, said?: Said, isAwaited?: boolean): Promise<{ readonly jobId: JobId; readonly registered: Promise<boolean> }>;
  /** Keeps the bytes so that the sender can go on with them; see `Upload.leave`. */
  leave(details: PartialDetails): Promise<void>;
  /** Forgets the upload. */
  discard(outcome: 'refused' | 'broken' | 'abandoned'): Promise<void>;
}

/** The one door through which every channel hands in its arrivals. */
export interface Door {
  /** The feeds of tenants, as the door remembers them. */
  readonly feeds: KnownFeeds;
  /**
   * Begins an upload. Fails with `storageFull`, with `uploadExists` when its id is known already, with `notFound` when the
   * tenant has no feed of the name, and with `databaseUnavailable` when nobody can tell.
   */
  begin(arrival: Arrival): Promise<Incoming>;
  /** Goes on with an upload that was left. Fails like `begin`, and with `uploadIncomplete` when it is not there any more. */
  resume(arrival: Return): Promise<Incoming>;
  /**
   * Makes the job of a sealed file, and takes the file out of the watched inbox once it exists. Calling it again for the
   * same file does nothing. Fails with `databaseUnavailable` when the database is away; the file stays where it is.
   */
  register(envelope: Envelope): Promise<void>;
}

/** What the door stands on. */
export interface DoorOptions {
  readonly database: Database;
  readonly staging: Staging;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Told before an upload is sealed, and before its job is made. */
  readonly onStep?: (jobId: JobId, step: 'seal' | 'register') => void;
}

/** Opens the door. */
export function openDoor(options: DoorOptions): Door {
  const { staging, metrics } = options;
  const makeJob = unhurried(groupedRegistration(options.database));
  const registerOnly = async (envelope: Envelope, isAwaited: boolean): Promise<void> => {
    options.onStep?.(envelope.jobId, 'register');
    const made = await makeJob(envelope, isAwaited).catch((error: unknown) => {
      throw databaseFailure(error) ?? error;
    });
    if (made) options.log.info('A job was made', { job: envelope.jobId, channel: envelope.channel, bytes: envelope.size });
  };
  const register = async (envelope: Envelope): Promise<void> => {
    await registerOnly(envelope, true);
    await staging.keep(envelope.jobId);
  };
  const keepSoon = afterwards(staging, options.log);
  const feeds = openKnownFeeds(options.database);
  return {
    register,
    feeds,
    begin: async (arrival) => {
      await feedIdOf(feeds, arrival.sender, arrival.said);
      const { limitBytes, jobId = randomUUID() as JobId } = arrival;
      const receivedAt = new Date().toISOString();
      return take({ arrival, receivedAt, upload: await staging.begin({ jobId, limitBytes, isNew: arrival.jobId === undefined }) });
    },
    resume: async (arrival) => {
      await feedIdOf(feeds, arrival.sender, arrival.said);
      const { limitBytes, jobId, receivedAt } = arrival;
      return take({ arrival, receivedAt, upload: await staging.resume({ jobId, limitBytes }) });
    },
  };

  function take({ arrival, receivedAt, upload }: Taken): Incoming {
    const { jobId } = upload;
    const count = (outcome: string): void => metrics.count('rosterport_uploads_total', { channel: arrival.channel, outcome });
    const discard = async (outcome: string): Promise<void> => {
      count(outcome);
      await upload.discard();
    };
    return {
      jobId,
      receivedAt,
      upload,
      discard,
      async leave(details) {
        count('left');
        await upload.leave(details);
      },
      accept: async (fileName, said = arrival.said, isAwaited = true) => {
        options.onStep?.(jobId, 'seal');
        const envelope = await sealUpload(upload, { feeds, arrival, said, fileName, receivedAt }).catch(async (error: unknown) => {
          await discard('refused');
          throw error;
        });
        count('accepted');
        metrics.count('rosterport_upload_bytes_total', { channel: arrival.channel }, envelope.size);
        return { jobId, registered: registeredNow(() => registerOnly(envelope, isAwaited).then(() => keepSoon(jobId)), options.log) };
      },
    };
  }
}

/** An upload with what is known of it. */
interface Taken {
  readonly arrival: Arrival;
  readonly receivedAt: string;
  readonly upload: Upload;
}

interface Sealing {
  readonly feeds: KnownFeeds;
  readonly arrival: Arrival;
  readonly said: Said | undefined;
  readonly fileName: string;
  readonly receivedAt: string;
}

async function sealUpload(upload: Upload, { feeds, arrival, said = {}, fileName, receivedAt }: Sealing): Promise<Envelope> {
  checkFileName(fileName);
  const { sender, channel } = arrival;
  const { mode = null, dryRun = false, folder = null, modifiedAt = null } = said;
  const feedId = await feedIdOf(feeds, sender, said);
  const { tenantId, credentialId } = sender;
  const { size, sha256 } = said;
  return upload.seal(
    { tenantId, feedId, credentialId, channel, fileName, mode, dryRun, folder, modifiedAt, receivedAt },
    { size, sha256 },
  );
}

async function feedIdOf(feeds: KnownFeeds, { tenantId, feedId }: Sender, said: Said = {}): Promise<FeedId> {
  return said.feed == null ? feedId : feeds.idOf(tenantId, said.feed);
}

/** How many files at most are on their way out of the inbox behind the backs of their senders. */
const mostOnTheWay = 64;

/**
 * Takes files out of the inbox whose jobs exist, without anybody waiting for it: until then the file is safe where it is, and
 * what fails here the watch does again. With too many on their way the sender waits for its own.
 */
function afterwards(staging: Staging, log: Logger): (jobId: JobId) => Promise<void> | undefined {
  let onTheWay = 0;
  const keep = async (jobId: JobId): Promise<void> => {
    onTheWay += 1;
    try {
      await staging.keep(jobId);
    } catch (error) {
      // Its sender, or its retention, was faster.
      if (isFailure(error) && error.code === 'stagedFileMissing') return;
      log.warn('A file whose job exists stays in the inbox until the next sweep', { job: jobId, error });
    } finally {
      onTheWay -= 1;
    }
  };
  return (jobId) => {
    const kept = keep(jobId);
    return onTheWay > mostOnTheWay ? kept : undefined;
  };
}

/** A sealed file is accepted whatever the database says: the watch over the inbox tries again. */
async function registeredNow(register: () => Promise<void>, log: Logger): Promise<boolean> {
  try {
    await register();
    return true;
  } catch (error) {
    const code = isFailure(error) ? error.code : 'unexpected';
    log.warn('A sealed file has no job yet; it gets one when the database is back', { code });
    return false;
  }
}
