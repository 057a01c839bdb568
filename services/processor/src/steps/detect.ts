import { detect as detectFormat, type Detected, type DetectOptions } from '@rosterport/formats';
import type { SealedFile } from '@rosterport/staging';

/** Makes sure that the sealed file is the one that was received, and tells what it is. Fails with `stagedFileDamaged`. */
export async function detect(file: SealedFile, options: DetectOptions): Promise<Detected> {
  await file.verify();
  return detectFormat(file, options);
}
