import type { TenantId } from '@rosterport/domain';

/** Up to this size a file counts as small, some two thousand rows of a CSV file. */
export const smallFileBytes = 262_144;

/** Keeps a processor from working on large files alone: they have fewer lanes than there are tenants at work. */
export interface Lanes {
  /** Takes a lane for a large file; false when none is free. */
  enter(): boolean;
  /** Gives a lane back. Whoever has waited longest is woken. */
  leave(): void;
  /** Wakes the tenant, whose next file is large, once a lane is free. */
  wait(tenantId: TenantId): void;
}

/** Makes so many lanes; `wake` sees to it that a tenant is looked at soon. */
export function openLanes(most: number, wake: (tenantId: TenantId) => void): Lanes {
  const waiting = new Set<TenantId>();
  let taken = 0;
  const wakeNext = (): void => {
    const [next] = waiting;
    if (next === undefined || taken >= most) return;
    waiting.delete(next);
    wake(next);
  };
  return {
    enter: () => {
      if (taken >= most) return false;
      taken += 1;
      return true;
    },
    leave: () => {
      taken -= 1;
      wakeNext();
    },
    wait: (tenantId) => {
      waiting.add(tenantId);
      wakeNext();
    },
  };
}
