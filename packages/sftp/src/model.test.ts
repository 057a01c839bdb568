import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { flag } from './test/client-packets.ts';
import { MemoryFiles } from './test/memory-files.ts';
import { Model, type Operation } from './test/model.ts';
import { RawClient } from './test/raw-client.ts';

const path = fc.constantFrom('/a', '/b', '/d/c');
const directory = fc.constantFrom('/d', '/e');
const slot = fc.nat(3);
const position = fc.nat(40);
const text = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
const bits = fc
  .subarray(Object.values(flag))
  .map((chosen) => chosen.reduce((all, bit) => all | bit, 0));

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('open' as const), path, flags: bits }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('write' as const), slot, position, text }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), slot, position, length: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close' as const), slot }) },
  fc.record({ kind: fc.constant('fstat' as const), slot }),
  fc.record({ kind: fc.constant('fsetstat' as const), slot, size: position }),
  fc.record({ kind: fc.constant('fsync' as const), slot }),
  fc.record({ kind: fc.constant('stat' as const), path }),
  fc.record({ kind: fc.constant('setstat' as const), path, size: position }),
  fc.record({ kind: fc.constant('remove' as const), path }),
  fc.record({ kind: fc.constantFrom('rename' as const, 'posixRename' as const), path, to: path }),
  fc.record({ kind: fc.constantFrom('mkdir' as const, 'rmdir' as const, 'statDirectory' as const), directory }),
);

test('any requests in any order, sent without waiting, are answered as by a simple model of them', async () => {
  const property = fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 40 }), async (operations) => {
    const files = new MemoryFiles();
    const client = await RawClient.begun(files, { extensions: ['fsync@openssh.com', 'posix-rename@openssh.com'], maxHandles: 3 });
    const model = new Model();
    let expected: string[] = [];
    let packets: Buffer[] = [];
    const compare = async (): Promise<void> => {
      const replies = await client.ask(...packets);
      expect(replies.map((reply) => model.told(reply))).toEqual(expected);
      expected = [];
      packets = [];
    };
    for (const one of operations) {
      const { packet, answer } = model.play(one);
      packets.push(packet);
      expected.push(answer);
      // A handle is known only when it was told.
      if (answer === 'handle') await compare();
    }
    await compare();
    client.stream.end();
    await expect(client.session.done).resolves.toBe('eof');
    expect([...files.files].map(([name, { bytes }]) => [name, bytes.toString()])).toEqual(model.tree());
  });
  await fc.assert(property, { numRuns: 300 });
});
