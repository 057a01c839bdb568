import { tenantQuota, type TenantQuota } from '@rosterport/access';
import { databaseFailure, type Database } from '@rosterport/database';
import { Failure, type TenantId } from '@rosterport/domain';
import { receivedSince, type Received } from '@rosterport/jobs';
import { systemClock, type Clock } from '@rosterport/runtime';

/** What is left of a tenant's quota today; `null` where there is none. Never below 0. */
export interface QuotaLeft {
  readonly bytes: number | null;
  readonly files: number | null;
  /** The quota itself, for whoever shows a share. */
  readonly dailyBytes: number | null;
  readonly dailyFiles: number | null;
}

/** The part of a quota that an upload takes while it is under way; it ends with `spend` or `free`. */
export interface Share {
  /** The upload has, or is about to have, so many bytes. Fails with `quotaExceeded`, and then takes what it took before. */
  hold(bytes: number): void;
  /** The upload was sealed with so many bytes: they count until the day is over. */
  spend(bytes: number): void;
  /** The upload is gone, and takes nothing. */
  free(): void;
}

/** What tenants may send in a day of UTC, counted over all channels but drop folders, whose owner is the operator. */
export interface Quotas {
  /**
   * Takes one file of the tenant's quota, and the bytes that it is declared to have. Fails with `quotaExceeded`. While the
   * database is away it goes by what was known last.
   */
  take(tenantId: TenantId, declaredBytes?: number): Promise<Share>;
  /** What is left, uploads under way taken off: honest figures for statvfs@openssh.com and for a tenant's own page. */
  left(tenantId: TenantId): Promise<QuotaLeft>;
}

/** What quotas stand on. */
export interface QuotasOptions {
  readonly database: Database;
  /** The quota of tenants that have none of their own; none unless told. */
  readonly usual?: Partial<TenantQuota>;
  readonly clock?: Clock;
  /** For how long what was asked of the database is good, in milliseconds; 5,000 unless told. */
  readonly freshMs?: number;
}

interface Upload {
  bytes: number;
  /** When it was sealed, on the clock of this process; none while it is under way. */
  sealedAt: number | undefined;
}

/** The uploads of a tenant that the database was not asked about, with the sum of their bytes. */
interface Ours {
  readonly uploads: Set<Upload>;
  bytes: number;
}

interface Known {
  readonly day: string;
  readonly askedAt: number;
  readonly quota: TenantQuota;
  /** What has a job. */
  readonly received: Received;
}

/** Tenants that are remembered at most; of another one the database is asked again. */
const mostTenants = 10_000;

/**
 * Opens the counts of all tenants. Several processes see each other's files when those have jobs, and may pass a quota together
 * by what is under way.
 */
export function openQuotas(options: QuotasOptions): Quotas {
  return new QuotaBook(options);
}

class QuotaBook implements Quotas {
  readonly #options: Required<Omit<QuotasOptions, 'usual'>> & { readonly usual: Partial<TenantQuota> };
  readonly #tenants = new Map<TenantId, Known>();
  readonly #ours = new Map<TenantId, Ours>();

  constructor(options: QuotasOptions) {
    this.#options = { usual: {}, clock: systemClock, freshMs: 5_000, ...options };
  }

  async take(tenantId: TenantId, declaredBytes = 0): Promise<Share> {
    const known = await this.#known(tenantId);
    const before = this.#used(tenantId, known);
    refuseBeyond(known.quota, { files: before.files + 1, bytes: before.bytes + Math.max(declaredBytes, 1) });
    const upload: Upload = { bytes: 0, sealedAt: undefined };
    const ours = this.#ours.get(tenantId) ?? { uploads: new Set(), bytes: 0 };
    ours.uploads.add(upload);
    this.#ours.set(tenantId, ours);
    this.#count(tenantId, upload, declaredBytes);
    return {
      hold: (bytes) => {
        const latest = this.#tenants.get(tenantId) ?? known;
        const { dailyBytes } = latest.quota;
        if (dailyBytes !== null && bytes > upload.bytes) {
          const others = this.#used(tenantId, latest).bytes - upload.bytes;
          refuseBeyond({ dailyBytes, dailyFiles: null }, { files: 0, bytes: others + bytes });
        }
        this.#count(tenantId, upload, Math.max(bytes, declaredBytes));
      },
      spend: (bytes) => {
        this.#count(tenantId, upload, bytes);
        upload.sealedAt = performance.now();
      },
      free: () => this.#drop(tenantId, upload),
    };
  }

  async left(tenantId: TenantId): Promise<QuotaLeft> {
    const known = await this.#known(tenantId);
    const { files, bytes } = this.#used(tenantId, known);
    const { dailyBytes, dailyFiles } = known.quota;
    return { bytes: rest(dailyBytes, bytes), files: rest(dailyFiles, files), dailyBytes, dailyFiles };
  }

  async #known(tenantId: TenantId): Promise<Known> {
    const { clock, freshMs, usual } = this.#options;
    const day = clock.now().toISOString().slice(0, 10);
    const last = this.#tenants.get(tenantId);
    if (last?.day === day && performance.now() - last.askedAt < freshMs) return last;
    try {
      return this.#keep(tenantId, await this.#ask(tenantId, day));
    } catch (error) {
      if (databaseFailure(error) === null) throw error;
      const quota = last?.quota ?? { dailyBytes: usual.dailyBytes ?? null, dailyFiles: usual.dailyFiles ?? null };
      return { day, askedAt: last?.askedAt ?? 0, quota, received: last?.day === day ? last.received : { files: 0, bytes: 0 } };
    }
  }

  async #ask(tenantId: TenantId, day: string): Promise<Known> {
    const { database, usual } = this.#options;
    const askedAt = performance.now();
    const [own, received] = await Promise.all([
      tenantQuota(database, tenantId),
      receivedSince(database, tenantId, new Date(`${day}T00:00:00Z`)),
    ]);
    const quota = { dailyBytes: own.dailyBytes ?? usual.dailyBytes ?? null, dailyFiles: own.dailyFiles ?? usual.dailyFiles ?? null };
    // What was sealed before has its job, or gets it when the database is back.
    for (const upload of this.#ours.get(tenantId)?.uploads ?? []) {
      if (upload.sealedAt !== undefined && upload.sealedAt < askedAt) this.#drop(tenantId, upload);
    }
    return { day, askedAt, quota, received };
  }

  #keep(tenantId: TenantId, fresh: Known): Known {
    const held = this.#tenants.get(tenantId);
    // Another question may have been asked later and answered sooner.
    if (held !== undefined && held.askedAt > fresh.askedAt) return held;
    this.#tenants.delete(tenantId);
    this.#tenants.set(tenantId, fresh);
    for (const oldest of this.#tenants.keys()) {
      if (this.#tenants.size <= mostTenants) break;
      this.#tenants.delete(oldest);
    }
    return fresh;
  }

  /** What is used up: what the database told, and what has come since it was asked, which may be among its jobs or not. */
  #used(tenantId: TenantId, { received }: Known): Received {
    const ours = this.#ours.get(tenantId);
    return { files: received.files + (ours?.uploads.size ?? 0), bytes: received.bytes + (ours?.bytes ?? 0) };
  }

  /** The upload has so many bytes; one that takes nothing any more is not counted. */
  #count(tenantId: TenantId, upload: Upload, bytes: number): void {
    const ours = this.#ours.get(tenantId);
    if (ours?.uploads.has(upload) === true) ours.bytes += bytes - upload.bytes;
    upload.bytes = bytes;
  }

  #drop(tenantId: TenantId, upload: Upload): void {
    const ours = this.#ours.get(tenantId);
    if (ours?.uploads.delete(upload) !== true) return;
    ours.bytes -= upload.bytes;
    if (ours.uploads.size === 0) this.#ours.delete(tenantId);
  }
}

function refuseBeyond({ dailyBytes, dailyFiles }: TenantQuota, { files, bytes }: Received): void {
  if (dailyFiles !== null && files > dailyFiles) throw new Failure('quotaExceeded', { values: { limit: `${dailyFiles} files` } });
  if (dailyBytes !== null && bytes > dailyBytes) throw new Failure('quotaExceeded', { values: { limit: `${dailyBytes} bytes` } });
}

function rest(quota: number | null, used: number): number | null {
  return quota === null ? null : Math.max(0, quota - used);
}
