import type { EndingDisk, EndingFile } from './endings.mjs';

export const blockingDisk: EndingDisk;
export function blockingFile(fd: number): EndingFile;
