import { systemDisk, type Disk, type DiskFile } from '../disk.ts';

/** The steps of a disk by name. */
export type Step = 'create' | 'reopen' | 'rename' | 'remove' | 'makeFolder' | 'syncFolder' | 'write' | 'read' | 'truncate' | 'sync' | 'close';

/** The disk of the machine, on which `before` runs before every step; what it throws is what the step fails with. */
export function breakingDisk(before: (step: Step) => void): Disk {
  const guard = <Given extends readonly unknown[], Result>(step: Step, run: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      before(step);
      return run(...given);
    };
  return {
    create: guard('create', async (path: string) => breakingFile(await systemDisk.create(path), guard)),
    reopen: guard('reopen', async (path: string) => breakingFile(await systemDisk.reopen(path), guard)),
    rename: guard('rename', (from: string, to: string) => systemDisk.rename(from, to)),
    remove: guard('remove', (path: string) => systemDisk.remove(path)),
    makeFolder: guard('makeFolder', (path: string) => systemDisk.makeFolder(path)),
    syncFolder: guard('syncFolder', (path: string) => systemDisk.syncFolder(path)),
  };
}

type Guard = <Given extends readonly unknown[], Result>(
  step: Step,
  run: (...given: Given) => Promise<Result>,
) => (...given: Given) => Promise<Result>;

function breakingFile(file: DiskFile, guard: Guard): DiskFile {
  return {
    fd: file.fd,
    write: guard('write', (bytes: Uint8Array, position: number) => file.write(bytes, position)),
    read: guard('read', (into: Uint8Array, position: number) => file.read(into, position)),
    truncate: guard('truncate', (size: number) => file.truncate(size)),
    sync: guard('sync', () => file.sync()),
    // A process that dies closes its files, whatever it meant to do.
    close: async () => {
      await file.close();
      await guard('close', () => Promise.resolve())();
    },
  };
}

/** The error of a system call. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made for a test`), { code });
}

/** A disk that stops for ever before its step number `last + 1`, as a kill does; `steps` tells how many were taken. */
export function killedAfter(last: number): { readonly disk: Disk; readonly steps: () => number } {
  let taken = 0;
  const disk = breakingDisk(() => {
    if (taken >= last) throw systemError('KILLED');
    taken += 1;
  });
  return { disk, steps: () => taken };
}

/** The disk of the machine without its slow promise to last, for stories of many files. */
export const hastyDisk: Disk = {
  ...systemDisk,
  create: async (path) => ({ ...(await systemDisk.create(path)), sync: () => Promise.resolve() }),
  syncFolder: () => Promise.resolve(),
};
