import { createHash } from 'node:crypto';
import type { AttributeDefinition, FeedPolicy, SheetHeader } from '@rosterport/domain';
import { codeVersion } from './code-version.ts';

/** What of a policy says nothing about what becomes of a row; anything that is added does until it is named here. */
const aboutOthers: ReadonlySet<string> = new Set<keyof FeedPolicy>([
  ...(['guards', 'laterFiles', 'sameName', 'sidecar', 'closeWaits', 'expected', 'emailLanguage'] as const),
]);

/** What the outcome of a record depends on besides its bytes and the directory's people, groups and links. */
export interface RowMeaning {
  readonly header: SheetHeader;
  /** How the format's reader reads the file. */
  readonly layout: unknown;
  readonly policy: FeedPolicy;
  /** All definitions of attributes of the tenant. */
  readonly definitions: readonly AttributeDefinition[];
}

/** Four words of 32 bits that differ wherever one record could have two outcomes. */
export async function prefilterSeed({ header, layout, policy, definitions }: RowMeaning): Promise<Uint32Array> {
  const isStrict = policy.unknownAttribute === 'strict';
  // Files define texts and add options themselves, and an option that somebody has is never taken away.
  const known = definitions
    .filter(({ type, required }) => isStrict || type !== 'text' || required)
    .map(({ name, type, required, options }) => [name, type, required, isStrict ? options : []]);
  const judging = Object.entries(policy).filter(([name]) => !aboutOthers.has(name)).sort();
  const meaning = JSON.stringify([await codeVersion(), header, layout, judging, known]);
  const digest = createHash('sha256').update(meaning).digest();
  return Uint32Array.from({ length: 4 }, (_, word) => digest.readUInt32LE(word * 4));
}
