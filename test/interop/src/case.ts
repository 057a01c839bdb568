import { expect } from '@jest/globals';
import type { Cannot, Client, KeyKind, StepName } from './client.ts';
import type { SentFile } from './scene/people-file.ts';
import type { Scene } from './scene/scene.ts';

/** Something that customers do, played by every client. */
export interface Case {
  /** The head of its column. */
  readonly name: string;
  /** One sentence about what must be true. */
  readonly promise: string;
  /** What the client must be able to do for it. */
  readonly steps: readonly StepName[];
  readonly key?: KeyKind;
  /** Fails when the client, or the door, does not do what is promised. */
  readonly play: (scene: Scene) => Promise<void>;
}

/** Why a client cannot play a case; `null` when it can. */
export function hindrance(client: Client, { steps, key }: Case): Cannot | null {
  const means = [...steps.map((step) => client.steps[step]), ...(key === undefined ? [] : [client.keys[key]])];
  for (const one of means) if (one !== true && 'cannot' in one) return one;
  return null;
}

/** A job that a case must end with. */
export interface ExpectedJob {
  readonly fileName: string;
  readonly file: SentFile;
  /** `/` unless told. */
  readonly folder?: string;
  readonly dryRun?: boolean;
}

/** The jobs of the case are exactly these, in this order, with exactly these bytes. */
export async function expectJobs(scene: Scene, expected: readonly ExpectedJob[]): Promise<void> {
  const jobs = (await scene.jobs(expected.length)).map(({ id: _, ...rest }) => rest);
  expect(jobs).toEqual(
    expected.map(({ fileName, file, folder = '/', dryRun = false }) => ({
      ...{ fileName, folder, dryRun, size: file.size, sha256: file.sha256 },
      ...{ state: dryRun ? 'previewed' : 'applied', mode: 'delta', channel: 'sftp' },
    })),
  );
}
