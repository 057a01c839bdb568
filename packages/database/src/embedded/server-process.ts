import type { SpawnOptions } from 'node:child_process';
import type { ServerUser } from './server-user.ts';

/** The clean surroundings of the server's programs: none of our variables (PGDATA, PGOPTIONS, LC_ALL …) may reach them. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** How to run a program on a data folder. */
export interface DataProcess {
  /** What to pass to `-D`. */
  readonly data: string;
  readonly options: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid' | 'windowsHide'>;
}

/**
 * How to run one of the server's programs on a data folder. Another user may own the data without being allowed through the
 * folders above it (`/root`, mode 0700). On Linux that does not matter: the process is put into the folder before it becomes
 * that user, and reaches it as `/proc/self/cwd`, as do all of its children.
 */
export function onData(data: string, user: ServerUser | null): DataProcess {
  const inside = user !== null && process.platform === 'linux';
  return {
    data: inside ? '/proc/self/cwd' : data,
    options: {
      cwd: data,
      windowsHide: true,
      ...(process.platform === 'win32' ? {} : { env: environment }),
      ...(user ?? {}),
    },
  };
}
