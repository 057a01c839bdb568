import type { PolicyChanges } from '@rosterport/access';
import { guardNames, mostCloseWaits, type ExpectedFile, type FeedPolicy, type GuardLimits, type Mode } from '@rosterport/domain';
import { Option, type Command } from 'commander';
import { readGuard } from './guard-option.ts';

/** The settings of a feed as they are typed; what is not typed stays as it is. */
export interface FeedOptions {
  readonly mode?: Mode;
  readonly unknownGroup?: FeedPolicy['unknownGroup'];
  readonly unknownAttribute?: FeedPolicy['unknownAttribute'];
  readonly rowError?: FeedPolicy['rowError'];
  /** False with `--no-clear-token`. */
  readonly clearToken?: string | false;
  readonly laterFiles?: FeedPolicy['laterFiles'];
  readonly sameName?: FeedPolicy['sameName'];
  readonly sidecar?: FeedPolicy['sidecar'];
  readonly closeWaits?: string;
  readonly guard?: Partial<GuardLimits>;
  /** False with `--no-expect`. */
  readonly expect?: string | false;
  readonly timeZone?: string;
  readonly grace?: string;
  readonly emailLanguage?: string;
}

/** Declares an option for each setting of a feed. What is typed is judged as a whole afterwards, so that all that is wrong is told. */
export function declareFeed(command: Command): Command {
  const chosen = (flags: string, meaning: string, choices: readonly string[]): Option => new Option(flags, `${meaning} (${choices.join(', ')})`);
  return command
    .addOption(chosen('--mode <mode>', 'what absence from a file means: nothing, or that a person has left', ['delta', 'full']))
    .addOption(chosen('--unknown-group <what>', 'a group that nobody knows', ['create', 'skip', 'reject']))
    .addOption(chosen('--unknown-attribute <what>', 'a column or option that nobody knows', ['create', 'strict']))
    .addOption(chosen('--row-error <what>', 'a row with an error', ['skipRow', 'rejectFile']))
    .option('--clear-token <text>', 'a cell with this text empties the value, such as #CLEAR')
    .option('--no-clear-token', 'no text empties a value')
    .addOption(chosen('--later-files <what>', 'files that come while one is held', ['wait', 'supersede']))
    .addOption(chosen('--same-name <what>', 'a file of the same name and folder as one that is not begun', ['queue', 'supersede']))
    .addOption(chosen('--sidecar <what>', 'what an upload by SFTP waits for beside it: nothing, NAME.done or NAME.sha256', ['none', 'done', 'sha256']))
    .option('--close-waits <seconds>', `how long the end of an upload by SFTP waits for the verdict, 0 to ${mostCloseWaits}`)
    .option('--guard <name=limit>', `one of ${guardNames.join(', ')}: a share such as 75%, off or on; deactivations=10%,5`, readGuard)
    .option('--expect <schedule>', 'when a file is expected: five fields of cron')
    .option('--no-expect', 'files may come at any time or never')
    .option('--time-zone <name>', 'the time zone of the schedule, such as Europe/Stockholm (default: UTC)')
    .option('--grace <minutes>', 'how long before or after its moment a file counts (default: 60)')
    .option('--email-language <tag>', 'BCP 47 tag of the language in which people are written to');
}

/** What the options say of the policy; `expected` is what the feed expects so far. */
export function policyOf(options: FeedOptions, expected: ExpectedFile | null): PolicyChanges {
  const { unknownGroup, unknownAttribute, rowError, clearToken, laterFiles, sameName, sidecar, closeWaits, guard, emailLanguage } = options;
  const awaited = expectedOf(options, expected);
  return {
    ...(unknownGroup === undefined ? {} : { unknownGroup }),
    ...(unknownAttribute === undefined ? {} : { unknownAttribute }),
    ...(rowError === undefined ? {} : { rowError }),
    ...(clearToken === undefined ? {} : { clearToken: clearToken === false ? null : clearToken }),
    ...(laterFiles === undefined ? {} : { laterFiles }),
    ...(sameName === undefined ? {} : { sameName }),
    ...(sidecar === undefined ? {} : { sidecar }),
    ...(closeWaits === undefined ? {} : { closeWaits: Number(closeWaits) }),
    ...(guard === undefined ? {} : { guards: guard }),
    ...(awaited === undefined ? {} : { expected: awaited }),
    ...(emailLanguage === undefined ? {} : { emailLanguage }),
  };
}

/** `undefined` when nothing is said of it. */
function expectedOf({ expect, timeZone, grace }: FeedOptions, before: ExpectedFile | null): ExpectedFile | null | undefined {
  if (expect === undefined && timeZone === undefined && grace === undefined) return undefined;
  if (expect === false) return null;
  const schedule = expect ?? before?.schedule ?? '';
  const graceMinutes = grace === undefined ? (before?.graceMinutes ?? 60) : Number(grace);
  return { schedule, timeZone: timeZone ?? before?.timeZone ?? 'UTC', graceMinutes };
}

/** The guards as options would name them, for people. */
export function guardsText(limits: GuardLimits): readonly string[] {
  return guardNames.map((name) => {
    const limit = limits[name];
    if (limit === null || limit === false) return `${name}=off`;
    if (limit === true) return `${name}=on`;
    const share = `${Math.round(limit.share * 10_000) / 100}%`;
    return `${name}=${share}${'people' in limit ? `,${limit.people}` : ''}`;
  });
}
