import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ml_kem768 as mlKem768 } from '@noble/post-quantum/ml-kem.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ssh2, { type ClientErrorExtensions, type NegotiatedAlgorithms } from 'ssh2';
import { soundKeyPair } from '../../sound-key.ts';
import { transportFor, type TransportOptions } from './algorithms.ts';
import { takePostQuantum } from './post-quantum.ts';
import { honestShare, rawHandshake } from './test/raw-handshake.ts';

const keys = [
  soundKeyPair(() => ssh2.utils.generateKeyPairSync('ed25519')).private,
  ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private,
];

/** A server that lets everybody in and does nothing for them. */
async function serve(options: TransportOptions): Promise<{ readonly port: number; stop(): Promise<unknown> }> {
  const server = new ssh2.Server(transportFor(keys, options), (connection) => {
    connection.on('error', () => connection.end());
    connection.on('authentication', (attempt) => attempt.accept());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** What a client that offers these agrees on with the server. */
async function agreed(port: number, algorithms: ssh2.Algorithms): Promise<readonly NegotiatedAlgorithms[]> {
  const client = new ssh2.Client();
  const heard: NegotiatedAlgorithms[] = [];
  client.on('handshake', (negotiated) => heard.push(negotiated));
  const failed = new Promise<never>((_resolve, reject) => client.on('error', (error: Error & ClientErrorExtensions) => reject(error)));
  const ready = once(client, 'ready');
  const closed = once(client, 'close');
  client.connect({ host: '127.0.0.1', port, username: 'anyone', password: 'any', algorithms });
  try {
    await Promise.race([ready, failed]);
  } finally {
    client.end();
    await closed;
  }
  return heard;
}

const hybrid = { kex: [takePostQuantum()] };

describe('ML-KEM-768', () => {
  // The accumulated vectors of ML-KEM implementations: 100 keys, encapsulations and rejected ciphertexts from the stream of
  // SHAKE128 over nothing, and SHAKE128 over all results.
  test('gives the results of other implementations', () => {
    const rounds = 100;
    const stream = createHash('shake128', { outputLength: rounds * (64 + 32 + 1088) }).digest();
    const results = createHash('shake128', { outputLength: 32 });
    for (let at = 0; at < stream.length; at += 64 + 32 + 1088) {
      const { publicKey, secretKey } = mlKem768.keygen(stream.subarray(at, at + 64));
      const { cipherText, sharedSecret } = mlKem768.encapsulate(publicKey, stream.subarray(at + 64, at + 96));
      const rejected = mlKem768.decapsulate(stream.subarray(at + 96, at + 96 + 1088), secretKey);
      expect(mlKem768.decapsulate(cipherText, secretKey)).toEqual(sharedSecret);
      for (const bytes of [publicKey, cipherText, sharedSecret, rejected]) results.update(bytes);
    }
    expect(results.digest('hex')).toBe('1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415');
  });
});

describe('mlkem768x25519-sha256', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    server = await serve({});
  });
  afterAll(() => server.stop());

  test('both sides come to the same secret, byte by byte', async () => {
    const handshake = await rawHandshake(server.port, honestShare());
    expect(handshake).toMatchObject({ isSigned: true, reply: { length: 1088 + 32 } });
  });

  test('a secret that was made in another way is not signed', async () => {
    const share = honestShare();
    const handshake = await rawHandshake(server.port, { ...share, secretFrom: (reply) => Buffer.concat([Buffer.of(0), share.secretFrom(reply)]) });
    expect(handshake).toMatchObject({ isSigned: false });
  });

  test.each([
    ['nothing', (): Buffer => Buffer.alloc(0)],
    ['a byte too few', (share: Buffer): Buffer => share.subarray(1)],
    ['a byte too many', (share: Buffer): Buffer => Buffer.concat([share, Buffer.of(0)])],
    ['X25519 alone', (share: Buffer): Buffer => share.subarray(1184)],
    ['a point of small order, which gives a secret of zeros', (share: Buffer): Buffer => Buffer.concat([share.subarray(0, 1184), Buffer.alloc(32)])],
    ['a public key with numbers beyond the modulus', (share: Buffer): Buffer => Buffer.concat([Buffer.alloc(1184, 0xff), share.subarray(1184)])],
  ])('a client that sends %s is refused, and the next one is served', async (_what, spoil) => {
    const share = honestShare();
    expect(await rawHandshake(server.port, { ...share, bytes: spoil(share.bytes) })).toBe('refused');
    expect(await agreed(server.port, hybrid)).toMatchObject([{ kex: 'mlkem768x25519-sha256' }]);
  });
});

describe('what is offered', () => {
  interface Offer {
    readonly server: TransportOptions;
    readonly client: ssh2.Algorithms;
    readonly agreed: Partial<NegotiatedAlgorithms> | undefined;
  }
  const offers: readonly Offer[] = [
    { server: {}, client: hybrid, agreed: { kex: takePostQuantum(), serverHostKey: 'ssh-ed25519' } },
    { server: { postQuantum: false }, client: hybrid, agreed: undefined },
    { server: { postQuantum: false }, client: {}, agreed: { kex: 'curve25519-sha256@libssh.org' } },
    {
      server: {},
      client: { kex: ['ecdh-sha2-nistp256'], serverHostKey: ['ecdsa-sha2-nistp256'] },
      agreed: { serverHostKey: 'ecdsa-sha2-nistp256' },
    },
    { server: { nistCurves: false }, client: { kex: ['ecdh-sha2-nistp256'] }, agreed: undefined },
    { server: { nistCurves: false }, client: { serverHostKey: ['ecdsa-sha2-nistp256'] }, agreed: undefined },
    { server: {}, client: { kex: ['diffie-hellman-group-exchange-sha256'] }, agreed: undefined },
    { server: {}, client: { kex: ['diffie-hellman-group14-sha256'] }, agreed: undefined },
    { server: {}, client: { serverHostKey: ['ssh-rsa', 'rsa-sha2-256', 'rsa-sha2-512'] }, agreed: undefined },
    { server: {}, client: { cipher: ['aes128-ctr'], hmac: ['hmac-sha1', 'hmac-sha1-etm@openssh.com'] }, agreed: undefined },
    { server: {}, client: { compress: ['zlib', 'zlib@openssh.com'] }, agreed: undefined },
  ];

  test.each(offers)('%j', async ({ server: options, client, agreed: expected }) => {
    const server = await serve(options);
    try {
      if (expected === undefined) await expect(agreed(server.port, client)).rejects.toThrow(/no matching/i);
      else expect(await agreed(server.port, client)).toMatchObject([expected]);
    } finally {
      await server.stop();
    }
  });
});
