import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeAttributes, encodeAttributes } from './attributes.ts';
import { PacketReader } from './packet-reader.ts';

const u32 = fc.nat({ max: 0xffffffff });
const anyAttributes = fc.record(
  {
    size: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    owner: fc.record({ uid: u32, gid: u32 }, { noNullPrototype: true }),
    mode: u32,
    times: fc.record({ accessed: u32, modified: u32 }, { noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

test('attributes are read as they were written', () => {
  fc.assert(
    fc.property(anyAttributes, (attributes) => {
      expect(decodeAttributes(new PacketReader(encodeAttributes(attributes)))).toEqual(attributes);
    }),
  );
});
