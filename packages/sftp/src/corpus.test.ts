import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedPacket } from './malformed-packet.ts';
import { MemoryFiles } from './test/memory-files.ts';
import { cuts, inChunks, mutated, mutations } from './test/mutate.ts';
import { RawClient } from './test/raw-client.ts';
import { recordClients } from './test/record-clients.ts';
import { corpus } from './test/recording.ts';

/*
 * What real clients sent to a server of ours, packet by packet. `--globals '{"recordClients": true}'` records it anew, with
 * the clients that are installed; without that nothing but the recordings is needed.
 */
if ((globalThis as { recordClients?: boolean }).recordClients === true) await recordClients();

const recordings = corpus();

/** Requests with the handles of another session in place of those that were recorded, whose length may be another. */
class Handles {
  readonly #pairs: (readonly [string, string])[] = [];

  learn(recorded: Buffer, actual: Buffer): void {
    this.#pairs.push([recorded.toString('latin1', 5), actual.toString('latin1')]);
  }

  actual(bytes: Buffer): Buffer {
    const packet = Buffer.from(
      this.#pairs.reduce((text, [recorded, actual]) => text.replaceAll(recorded, () => actual), bytes.toString('latin1')),
      'latin1',
    );
    packet.writeUInt32BE(packet.length - 4);
    return packet;
  }
}

describe.each(recordings)('$client ($file)', ({ exchanges }) => {
  test('is answered as it was', async () => {
    const files = new MemoryFiles();
    const client = new RawClient(files);
    const handles = new Handles();
    for (const { ask, reply } of exchanges) {
      const [actual] = await client.ask(handles.actual(ask));
      if (reply.readUInt8(0) === 102 && actual !== undefined) handles.learn(reply, actual.body);
      else expect({ type: actual?.type, rest: actual?.body }).toEqual({ type: reply.readUInt8(0), rest: reply.subarray(5) });
    }
    client.stream.end();
    await expect(client.session.done).resolves.toBe('eof');
    expect([...files.files.values()].map(({ bytes }) => bytes.toString())).toEqual(['A'.repeat(40_000)]);
  });

  test('ends in order, whatever is done to what it sends', async () => {
    const whole = Buffer.concat(exchanges.map(({ ask }) => ask));
    const property = fc.asyncProperty(mutations, cuts, async (changes, places) => {
      const files = new MemoryFiles();
      const client = new RawClient(files);
      for (const chunk of inChunks(mutated(whole, changes), places)) client.send(chunk);
      client.stream.end();
      const end = await client.session.done;
      const happened = (what: string): number => files.log.filter((line) => line.startsWith(`${what} `)).length;
      expect(happened('close') + happened('abandon')).toBe(happened('open'));
      expect(client.errors.every(({ error }) => error instanceof MalformedPacket)).toBe(true);
      expect(client.errors.length).toBe(end === 'malformed' ? 1 : 0);
    });
    await fc.assert(property, { numRuns: 50 });
  });
});

test('seven clients were recorded', () => {
  expect(recordings.map(({ file }) => file.replace('.json', ''))).toEqual([
    ...['curl', 'lftp', 'openssh-scp', 'openssh-sftp', 'paramiko', 'psftp', 'rclone'],
  ]);
});
