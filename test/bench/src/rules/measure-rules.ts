import { defaultFeedPolicy, type CheckedRow, type RawRow, type SheetHeader, type UserRecord } from '@rosterport/domain';
import { generateLarge } from '@rosterport/fixtures';
import { bytesOf, detect, parse, type ByteSource } from '@rosterport/formats';
import { userChecker, type RuleContext } from '@rosterport/rules';
import { median } from '../median.ts';
import { phonesByLibrary, type JudgedRow } from './phones-by-library.ts';
import type { RulesBenchOptions, RulesResult } from './rules-result.ts';

const seed = 20_261_121;

/** Rows that are judged before the first run, so that it is none of a program that has just started. */
const warmUp = 20_000;

/**
 * Measures the processor time of the rules for users over the rows of a generated file, read before each part is judged, against
 * the same rules with the phone library. Rejects when the two differ in any phone, or find anything wrong.
 */
export async function measureRules({ rows, repeats }: RulesBenchOptions, signal: AbortSignal): Promise<RulesResult> {
  await judgeAll(await fileOf(Math.min(rows, warmUp)), signal);
  const file = await fileOf(rows);
  const runs: Times[] = [];
  for (let run = 0; run < repeats; run += 1) runs.push(await judgeAll(file, signal));
  const [ours, peer] = [median(runs.map((run) => run.ours)), median(runs.map((run) => run.peer))];
  return {
    rows,
    repeats,
    rowsPerSecond: Math.round((rows / ours) * 1e6),
    peerRowsPerSecond: Math.round((rows / peer) * 1e6),
    microseconds: ours / rows,
    peerMicroseconds: peer / rows,
    ratio: median(runs.map((run) => run.peer / run.ours)),
  };
}

/** Processor time, in microseconds. */
interface Times {
  ours: number;
  peer: number;
}

async function fileOf(users: number): Promise<ByteSource> {
  const chunks: Buffer[] = [];
  for await (const chunk of generateLarge({ seed, users }).users) chunks.push(Buffer.from(chunk));
  return bytesOf(Buffer.concat(chunks));
}

/** Reads the file, and has each part of it judged by both, who take turns in going first. */
async function judgeAll(file: ByteSource, signal: AbortSignal): Promise<Times> {
  const times: Times = { ours: 0, peer: 0 };
  const detected = await detect(file);
  if (!detected.ok) throw new Error('The generated file was not understood.');
  let judges: Judges | null = null;
  let oursFirst = true;
  for await (const event of parse(file, detected)) {
    signal.throwIfAborted();
    if (event.kind === 'issue') throw new Error(`The generated file has a fault: ${event.issue.message}`);
    judges ??= judgesOf(event.header);
    const ofPeer = oursFirst ? null : timed(event.rows, judges.peer);
    const ofOurs = timed(event.rows, judges.ours);
    const others = ofPeer ?? timed(event.rows, judges.peer);
    times.ours += ofOurs.microseconds;
    times.peer += others.microseconds;
    ofOurs.judged.forEach((checked, index) => compare(checked, others.judged[index]));
    oursFirst = !oursFirst;
  }
  return times;
}

interface Judges {
  readonly ours: (raw: RawRow) => CheckedRow<UserRecord>;
  readonly peer: (raw: RawRow) => JudgedRow;
}

function judgesOf(header: SheetHeader): Judges {
  const context: RuleContext = { policy: defaultFeedPolicy, header, knownAttributes: new Map() };
  return { ours: userChecker(context), peer: phonesByLibrary(context) };
}

function timed<Judged>(rows: readonly RawRow[], judge: (raw: RawRow) => Judged): { judged: Judged[]; microseconds: number } {
  const before = process.cpuUsage();
  const judged = rows.map(judge);
  const { user, system } = process.cpuUsage(before);
  return { judged, microseconds: user + system };
}

function compare(ours: CheckedRow<UserRecord>, peer: JudgedRow | undefined): void {
  const isRight = ours.record !== null && ours.issues.length === 0 && peer?.checked.issues.length === 0;
  if (!isRight || ours.record.phone !== peer.phone) throw new Error(`Row ${ours.row} was not judged as it should be.`);
}
