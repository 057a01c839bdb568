import { expect, test } from '@jest/globals';
import type { OpenFlags, SftpHandle } from '@rosterport/sftp';
import { openBoxes, type Boxes } from './boxes.ts';
import { openReceipts } from './receipts.ts';
import { SessionFiles } from './session-files.ts';
import { doorUnderTest } from './test/door-under-test.ts';
import type { Identity } from '@rosterport/access';

const door = doorUnderTest();
const runs = 12;
const stepsARun = 40;
const names = ['a.csv', 'b.csv', 'a.csv.part', '.in.b.csv.'] as const;
type Name = (typeof names)[number];
const isTemporary = (name: Name): boolean => name.startsWith('.') || name.endsWith('.part');
const writing: OpenFlags = { read: false, write: true, append: false, create: true, truncate: false, exclusive: false };

/** Numbers that look random and are the same for a seed (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

interface Open {
  readonly handle: SftpHandle;
  readonly session: number;
  size: number;
}

/** What a box is in the eyes of its sender: at most one upload in hand for each name, what lies unfinished, and the jobs. */
class Model {
  readonly open = new Map<Name, Open>();
  readonly unfinished = new Map<Name, { readonly size: number; readonly isClosed: boolean }>();
  /** In order of the last change. */
  jobs: { readonly name: Name; readonly size: number; readonly isTaken: boolean }[] = [];

  accepted(name: Name): (typeof this.jobs)[number] | undefined {
    return this.jobs.findLast((job) => job.name === name && !job.isTaken);
  }

  size(name: Name): number | undefined {
    return this.open.get(name)?.size ?? this.unfinished.get(name)?.size ?? this.accepted(name)?.size;
  }

  finish(name: Name, size: number): void {
    this.unfinished.delete(name);
    if (isTemporary(name)) this.unfinished.set(name, { size, isClosed: true });
    else this.jobs.push({ name, size, isTaken: false });
  }
}

const told = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  );

interface Scene {
  readonly model: Model;
  readonly sessions: readonly SessionFiles[];
  readonly roll: (sides: number) => number;
}

type Step = (scene: Scene, name: Name) => Promise<void>;

/** Writes in two pieces, the second one first now and then. */
async function write(open: Open, bytes: number, isBackwards: boolean): Promise<void> {
  const { handle, size } = open;
  const pieces = [size, size + bytes];
  for (const at of isBackwards ? pieces.toReversed() : pieces) await handle.write(at, Buffer.alloc(bytes, 'x'));
  open.size += 2 * bytes;
}

const steps: readonly Step[] = [
  async function begin({ model, sessions, roll }, name) {
    if (model.open.has(name)) return;
    const session = roll(2);
    const handle = await sessions[session]!.open(`/${name}`, { ...writing, truncate: true });
    model.unfinished.delete(name);
    const open = { handle, session, size: 0 };
    model.open.set(name, open);
    await write(open, 1 + roll(9), roll(2) === 0);
  },
  async function goOn({ model, sessions, roll }, name) {
    const left = model.unfinished.get(name);
    if (left === undefined || model.open.has(name)) return;
    const session = roll(2);
    const handle = await sessions[session]!.open(`/${name}`, writing);
    const open = { handle, session, size: left.size };
    model.unfinished.delete(name);
    model.open.set(name, open);
    await write(open, 1 + roll(9), false);
  },
  async function cut({ model, roll }, name) {
    const open = model.open.get(name);
    if (open === undefined) return;
    const size = 1 + roll(open.size);
    await open.handle.setstat({ size });
    open.size = size;
  },
  async function close({ model }, name) {
    const open = model.open.get(name);
    if (open === undefined) return;
    model.open.delete(name);
    await open.handle.close();
    model.finish(name, open.size);
  },
  async function disconnect({ model, roll }) {
    const session = roll(2);
    for (const [name, open] of [...model.open]) {
      if (open.session !== session) continue;
      model.open.delete(name);
      await open.handle.abandon('disconnected');
      model.unfinished.set(name, { size: open.size, isClosed: false });
    }
  },
  async function rename({ model, sessions, roll }, name) {
    const to = names[roll(names.length)]!;
    if (to === name || model.open.has(to) || model.open.has(name)) return;
    const left = model.unfinished.get(name);
    const job = left === undefined ? model.accepted(name) : undefined;
    const isRefused = (left === undefined && job === undefined) || (left?.isClosed === false && !isTemporary(to));
    expect(await told(sessions[roll(2)]!.rename(`/${name}`, `/${to}`))).toBe(!isRefused);
    if (isRefused) return;
    model.unfinished.delete(name);
    model.unfinished.delete(to);
    if (left?.isClosed === true) model.finish(to, left.size);
    else if (left !== undefined) model.unfinished.set(to, left);
    if (job !== undefined) model.jobs = [...model.jobs.filter((one) => one !== job), { ...job, name: to }];
  },
  async function remove({ model, sessions, roll }, name) {
    if (model.open.has(name)) return;
    const job = model.unfinished.has(name) ? undefined : model.accepted(name);
    expect(await told(sessions[roll(2)]!.remove(`/${name}`))).toBe(model.size(name) !== undefined);
    model.unfinished.delete(name);
    model.jobs = model.jobs.map((one) => (one === job ? { ...one, isTaken: true } : one));
  },
  async function setTime({ model, sessions, roll }, name) {
    const times = { accessed: 1_000_000, modified: 1_000_000 };
    expect(await told(sessions[roll(2)]!.setstat(`/${name}`, { times }))).toBe(model.size(name) !== undefined);
  },
];

async function expectSame({ model, sessions }: Scene): Promise<void> {
  for (const files of sessions) {
    const listed = new Map<string, number | undefined>();
    for await (const { name, attributes } of await files.opendir('/incoming')) listed.set(name, attributes.size);
    for (const name of names) {
      const size = await files.stat(`/${name}`).then((found) => found.size, () => undefined);
      expect([name, size, listed.get(name)]).toEqual([name, model.size(name), model.size(name)]);
    }
  }
}

test.each(Array.from({ length: runs }, (_, seed) => [seed]))('whatever senders do, each finished upload is one job (seed %d)', async (seed) => {
  const who = await door.account(`tenant-${seed}`);
  const { rows } = await door.database.db.pool.query<{ id: string; feed_id: string }>('select id, feed_id from credentials where tenant_id = $1', [who.tenant.id]);
  const identity = { tenantId: who.tenant.id, credentialId: rows[0]!.id, feedId: rows[0]!.feed_id } as Identity;
  const context = door.context;
  const boxes: Boxes = openBoxes({ context, limitBytes: 1000, emptySeconds: 60, takeOverSeconds: 60, temporarySeconds: 60, pace: { bytes: 4, seconds: 60 } });
  const sessions = [1, 2].map(() => {
    const session = Symbol('session');
    const { box } = boxes.enter(identity);
    return new SessionFiles({ context, tenantId: identity.tenantId, box, receipts: openReceipts(context, identity), session, isStopping: () => false });
  });
  const scene: Scene = { model: new Model(), sessions, roll: dice(seed) };
  for (let step = 0; step < stepsARun; step += 1) {
    await steps[scene.roll(steps.length)]!(scene, names[scene.roll(names.length)]!);
    await expectSame(scene);
  }
  for (const { handle } of scene.model.open.values()) await handle.abandon('disconnected');
  await boxes.close();
  const found = (await door.jobs(who)).map(({ file_name, size, state }) => `${file_name} ${size} ${state}`);
  const wanted = scene.model.jobs.map(({ name, size, isTaken }) => `${name} ${size} ${isTaken ? 'discarded' : 'staged'}`);
  expect(found.sort()).toEqual(wanted.sort());
});
