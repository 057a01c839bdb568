import { detect as detectFormat, type Detected, type DetectOptions } from '@rosterport/formats';
import type { SealedFile } from '@rosterport/staging';

/** What a file is, and whether it is the one that was received. */
export interface Recognised {
  readonly detected: Detected;
  /** Fulfils when it is; rejects with `stagedFileDamaged` when not, whoever waits for it. */
  readonly verified: Promise<void>;
}

/** Tells what the sealed file is, and begins to compare all of it with what was received, so that other work can go on meanwhile. */
export async function detect(file: SealedFile, options: DetectOptions): Promise<Recognised> {
  const verified = file.verify();
  // Nobody waits for it any more when something else fails first.
  verified.catch(() => undefined);
  return { detected: await detectFormat(file, options), verified };
}
