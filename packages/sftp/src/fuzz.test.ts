import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeRequest } from './decode-request.ts';
import { string, u32 } from './fields.ts';
import { MalformedPacket } from './malformed-packet.ts';
import { PacketAssembler } from './packet-assembler.ts';
import { anyRequest } from './test/arbitrary-requests.ts';
import { flag, open, request, write } from './test/client-packets.ts';
import { MemoryFiles } from './test/memory-files.ts';
import { cuts, inChunks, mutated, mutations } from './test/mutate.ts';
import { RawClient } from './test/raw-client.ts';

/** Enough to find what is likely; a search for more raises it by hand. */
const runs = 300;

const withLength = (packet: Buffer): Buffer => Buffer.concat([u32(packet.length), packet]);

describe('the codec', () => {
  test('every request is understood as it was meant, whatever follows within its packet', () => {
    const property = fc.property(anyRequest, fc.uint8Array({ maxLength: 30 }), ({ packet, means }, junk) => {
      expect(decodeRequest(Buffer.concat([packet, junk]))).toEqual(means);
    });
    fc.assert(property, { numRuns: runs * 3 });
  });

  test('requests are the same wherever the stream is cut', () => {
    const property = fc.property(fc.array(anyRequest, { maxLength: 6 }), cuts, (sent, places) => {
      const assembler = new PacketAssembler();
      const stream = Buffer.concat(sent.map(({ packet }) => withLength(packet)));
      const packets = inChunks(stream, places).flatMap((chunk) => [...assembler.push(chunk)]);
      expect(packets.map((packet) => decodeRequest(packet))).toEqual(sent.map(({ means }) => means));
      expect(assembler.atBoundary).toBe(true);
    });
    fc.assert(property, { numRuns: runs });
  });

  test('a request that ends too early is malformed, or refused, wherever it is cut', () => {
    const property = fc.property(anyRequest, ({ packet }) => {
      for (let length = 0; length < packet.length; length += 1) {
        const cut = packet.subarray(0, length);
        try {
          // Only what nobody reads may be missing: limits@openssh.com has no fields after its name.
          expect(['refused', 'limits']).toContain(decodeRequest(cut).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacket);
        }
      }
    });
    fc.assert(property, { numRuns: runs });
  });

  test('any bytes are a request or malformed', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        expect(typeof decodeRequest(Buffer.from(bytes)).kind).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPacket);
      }
    });
    fc.assert(property, { numRuns: runs * 3 });
  });
});

describe('the session', () => {
  /** The stream of a client that uploads, lists and tidies up, on handles that are open. */
  const stream = (file: Buffer, directory: Buffer): readonly Buffer[] => [
    write(10, file, [0, 'hello ']),
    write(11, file, [6, 'world']),
    request('read', 12, string(file), u32(0), u32(0), 100),
    request('fstat', 13, string(file)),
    request('fsetstat', 14, string(file), 1, u32(0), u32(3)),
    request('readdir', 15, string(directory)),
    request('extended', 16, 'statvfs@openssh.com', '/'),
    request('extended', 17, 'posix-rename@openssh.com', '/a', '/b'),
    request('close', 18, string(file)),
    request('realpath', 19, '.'),
    request('setstat', 20, '/b', 8, 1, 2),
    request('mkdir', 21, '/d', 0),
    request('rename', 22, '/b', '/d/b'),
    request('remove', 23, '/d/b'),
  ];

  test('whatever is done to a stream of requests, it is answered or ends in order, and every handle is let go once', async () => {
    const property = fc.asyncProperty(mutations, cuts, fc.array(anyRequest, { maxLength: 4 }), async (changes, places, others) => {
      const files = new MemoryFiles();
      const client = await RawClient.begun(files);
      const file = await client.handle(open(1, '/a', flag.read | flag.write | flag.create));
      const directory = await client.handle(request('opendir', 2, '/'));
      const bytes = Buffer.concat([...stream(file, directory), ...others.map(({ packet }) => withLength(packet))]);
      for (const chunk of inChunks(mutated(bytes, changes), places)) client.send(chunk);
      client.stream.end();
      const end = await client.session.done;
      expect(['eof', 'dropped', 'malformed']).toContain(end);
      const happened = (what: string): number => files.log.filter((line) => line.startsWith(`${what} `)).length;
      expect(happened('close') + happened('abandon')).toBe(happened('open'));
      expect(client.session.pendingBytes).toBe(0);
      // Nothing broke but, at most, the protocol.
      expect(client.errors.filter(({ error }) => !(error instanceof MalformedPacket))).toEqual([]);
      expect(client.errors.length).toBe(end === 'malformed' ? 1 : 0);
    });
    await fc.assert(property, { numRuns: runs });
  });

  test('a stream that nobody touched is answered whole and in order, wherever it is cut', async () => {
    const property = fc.asyncProperty(cuts, async (places) => {
      const client = await RawClient.begun(new MemoryFiles());
      const file = await client.handle(open(1, '/a', flag.read | flag.write | flag.create));
      const packets = stream(file, await client.handle(request('opendir', 2, '/')));
      for (const chunk of inChunks(Buffer.concat(packets), places)) client.send(chunk);
      const replies = (await client.heard(2 + packets.length)).slice(2);
      expect(replies.map(({ id }) => id)).toEqual(packets.map((_packet, index) => 10 + index));
      client.stream.end();
      await expect(client.session.done).resolves.toBe('eof');
    });
    await fc.assert(property, { numRuns: 100 });
  });
});
