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
  readonly #uploads = new Map<TenantId, Set<Upload>>();

  constructor(options: QuotasOptions) {
    this.#options = { usual: {}, clock: systemClock, freshMs: 5_000, ...options };
  }

  async take(tenantId: TenantId, declaredBytes = 0): Promise<Share> {
    const known = await this.#known(tenantId);
    // To add up all uploads for each file of a crowd would be in vain where nothing is limited.
    if (isLimited(known.quota)) {
      const before = this.#used(tenantId, known);
      refuseBeyond(known.quota, { files: before.files + 1, bytes: before.bytes + Math.max(declaredBytes, 1) });
    }
    const upload: Upload = { bytes: declaredBytes, sealedAt: undefined };
    const ours = this.#uploads.get(tenantId) ?? new Set();
    this.#uploads.set(tenantId, ours.add(upload));
    return {
      hold: (bytes) => {
        const latest = this.#tenants.get(tenantId) ?? known;
        const { dailyBytes } = latest.quota;
        if (dailyBytes !== null && bytes > upload.bytes) {
          const others = this.#used(tenantId, latest).bytes - upload.bytes;
          refuseBeyond({ dailyBytes, dailyFiles: null }, { files: 0, bytes: others + bytes });
        }
        upload.bytes = Math.max(bytes, declaredBytes);
      },
      spend: (bytes) => void Object.assign(upload, { bytes, sealedAt: performance.now() }),
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
    for (const upload of this.#uploads.get(tenantId) ?? []) {
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

  /** What is used up; an upload that was sealed since the database was asked may not be among its jobs, and counts here. */
  #used(tenantId: TenantId, { askedAt, received }: Known): Received {
    let { files, bytes } = received;
    for (const upload of this.#uploads.get(tenantId) ?? []) {
      if (upload.sealedAt !== undefined && upload.sealedAt < askedAt) continue;
      files += 1;
      bytes += upload.bytes;
    }
    return { files, bytes };
  }

  #drop(tenantId: TenantId, upload: Upload): void {
    const ours = this.#uploads.get(tenantId);
    ours?.delete(upload);
    if (ours?.size === 0) this.#uploads.delete(tenantId);
  }
}

function isLimited({ dailyBytes, dailyFiles }: TenantQuota): boolean {
  return dailyBytes !== null || dailyFiles !== null;
}

function refuseBeyond({ dailyBytes, dailyFiles }: TenantQuota, { files, bytes }: Received): void {
  if (dailyFiles !== null && files > dailyFiles) throw new Failure('quotaExceeded', { values: { limit: `${dailyFiles} files` } });
  if (dailyBytes !== null && bytes > dailyBytes) throw new Failure('quotaExceeded', { values: { limit: `${dailyBytes} bytes` } });
}

function rest(quota: number | null, used: number): number | null {
  return quota === null ? null : Math.max(0, quota - used);
}
