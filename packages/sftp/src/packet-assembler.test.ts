import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { u32 } from './fields.ts';
import { MalformedPacket } from './malformed-packet.ts';
import { PacketAssembler } from './packet-assembler.ts';
import { maxPacketBytes } from './packet-types.ts';

const framed = (bytes: Uint8Array): Buffer => Buffer.concat([u32(bytes.length), bytes]);

function packetsIn(chunks: readonly Buffer[]): readonly string[] {
  const assembler = new PacketAssembler();
  return chunks.flatMap((chunk) => [...assembler.push(chunk)].map((packet) => packet.toString('hex')));
}

test('however the bytes are cut, the packets are the same', () => {
  const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 10 });
  fc.assert(
    fc.property(packets, fc.array(fc.nat(400), { maxLength: 20 }), (bodies, cuts) => {
      const bytes = Buffer.concat(bodies.map(framed));
      const bounds = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = bounds.slice(1).map((end, at) => bytes.subarray(bounds[at], end));
      expect(packetsIn(chunks)).toEqual(bodies.map((body) => Buffer.from(body).toString('hex')));
    }),
  );
});

test('a packet within one chunk is a view of it, any other has a buffer of its own size', () => {
  const bytes = Buffer.concat([framed(Buffer.from('whole')), framed(Buffer.from('in two'))]);
  const assembler = new PacketAssembler();
  const [whole] = [...assembler.push(bytes.subarray(0, 15))];
  const [cut] = [...assembler.push(bytes.subarray(15))];
  expect(whole?.buffer).toBe(bytes.buffer);
  expect(cut?.buffer.byteLength).toBe(6);
});

test('knows when a packet is begun', () => {
  const assembler = new PacketAssembler();
  const bytes = framed(Buffer.from('ab'));
  const states = [...bytes].map((byte) => {
    for (const packet of assembler.push(Buffer.of(byte))) expect(packet.toString()).toBe('ab');
    return assembler.atBoundary;
  });
  expect(states).toEqual([false, false, false, false, false, true]);
});

describe('lengths', () => {
  test('the largest is taken', () => {
    expect(packetsIn([u32(maxPacketBytes), Buffer.alloc(maxPacketBytes)])).toHaveLength(1);
  });

  test.each([0, maxPacketBytes + 1, 0xffffffff])('%d is malformed', (length) => {
    const assembler = new PacketAssembler();
    const packets = assembler.push(Buffer.concat([framed(Buffer.from('good')), u32(length)]));
    expect(packets.next().value?.toString()).toBe('good');
    expect(() => packets.next()).toThrow(MalformedPacket);
  });
});
