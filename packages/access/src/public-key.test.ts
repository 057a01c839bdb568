import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';
import ssh2 from 'ssh2';

import { fingerprintOf, readPublicKey } from './public-key.ts';

/** Lines and fingerprints as ssh-keygen (OpenSSH 9.2) wrote them. */
const usable: readonly (readonly [name: string, line: string, fingerprint: string])[] = [
  [
    'ed25519',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPIZSFH80OIZuLWDgcXGaKwFG19opFBrJmpyPOg9pFDq hr@example.com',
    'SHA256:QupJ1b7ICVVfFgfVSzSTVx1pPBTu5y0nV3nv/JwTZWY',
  ],
  [
    'ecdsa 256',
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFe0v5y9Kl6AumlUhJgQbmj63Wxw5XASoTToVoyBzIs0agcHCbBzhzHNcpzkI8CrxMjGgIBb/cKMXCM/sbsNoss= hr@example.com',
    'SHA256:Vp7/9bji30QCYNoncLz6NssdhQGcIjN1XTMKd8TKhYk',
  ],
  [
    'ecdsa 384',
    'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBB5c7emqGNdOBu6kHMaxl2FhFWECvxzpdnU+CXK7e5XO2tw+lCXgeTo3R/OjYQiAG5sLcsUrObGtmrJPUwwZx5oJvJFgon3Aq0RdFTDBBFuKbRKk5lk8HlqaxqP72210oQ== hr@example.com',
    'SHA256:YSolu3x1fzM45zg7K4BRzkr6x5w8tR5+CzHPtzjJ+Yg',
  ],
  [
    'ecdsa 521',
    'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAG42XaDWTbwjUkBwMPJL0bcCLEmb2Vk/fpKzNYNJ6ARp9FPfHqg+yH7iN5vMuZB/BgTEX3yJYcMOKgzvFkcBWp1vwFXBiD10h6CvqTg5g7RjyNnnDG7cjD1Xu8h+EIPE0LLSUAJwg3ITEDWfhD3SlM4+ZHPTQj81vlUs8Tc3FrLRGlIpA== hr@example.com',
    'SHA256:tgt0f8FWAbJXDZSCDvornUkqSOkazDWJNYY4lSMDEAs',
  ],
  [
    'rsa 2048',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDB8pCJMnVRTJDpRXPoFxQXqQzW+29I/2zeJ42wSFfI3zaM/GtxEPJY1YwMUMz8aIRUqhO+ZyutIoJVYsHoFBNLX/Jalt/45I5+Gm5W3zF8Uq1IPsFQGzPGJ0BZvkEcmO6eUpa1ixWJldLZlruLrLzULDRUFFHrcPmeRd9dOn4WYawSJRq9AhzGnOZ3j5/uRwJzyET/pW/8lTN5oWj2ju7MO2/F7vT859j/TxDfAJZbt19ZdKDFejATsl29w6pGqf0Q0Ay0A9ick3YMEHHK3AsL7jckdS2UvwBhVb7sh5IKc7BjShjfNDMPTLVELaxccHUhsq7sUi0MPUUHivvxvrrF hr@example.com',
    'SHA256:nHZxPvC8Lnje2/nB72DgwnMmTQhZVMNpunExA3WN/Jo',
  ],
];

const rsa1024 =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDP2Kr/2cL4UqmcZIFHQvK4yReQEsdyCYrUXZQm7kOM0T8Ff8Hb6DsFODlyI0rCWv4hZpuQcvuDOA7XBS0v+VIlWQQCCFVYVom5UF3cO4xG4QkEHga62r3h7SXzZTWi4rao1sFOAhjkYJesnUsSrOgRMHKuaYIOQn28/7r9iBHngQ==';
const dsa =
  'ssh-dss AAAAB3NzaC1kc3MAAACBANnUanLGyr1DKKiPC2gDaboNaSvKzHA5fTqC3sBI5RuTVykSyGimKi+21coRNHcnEsy541lrrD7d2k2fGOVX3qrh2vAbFuAyfbOcCsdJXLNB2mQZzsdRgADTEmpwDOLK0I7+B8eI0Esc9M/21RO6N8bPSoAcbQj7Cv8NtbHzUkh3AAAAFQCwkD2w0E8S4jScCyJRPBFgvr276wAAAIAdFaCml1/cjM6h6MkypQ7jLpXBYvlJ6Yc01R+v/gdFE2rVslESyJOxCSHol4EYiF18XLqHhDbZjRH33id1aALn2ANQBLJA9I0UzYZidppcGas8VTK8DicZ9jgX5Or76jvzGxT3XxkeFZHWzUKkx92midJd+3w7aOnTP6o/KLXySAAAAIA3XNYRZ/H1E3njIS8V+QVzOTqh/2GODjpe5+rciaKSFRfiNj7sez5+V+VJTuQ53xtv4oBKEd8aGzv5Q7OZA7H0dKbE/73MOKDZxzU0ZVus/nZQkZ9JW6KHHUrnlCQLyeSDFklM9AyWB8dq8Im19FMVyCm4VRSgjDi0P6v54z+xPg==';

/** The file that `ssh-keygen -e -m RFC4716` makes of a line. */
function rfc4716(line: string, headers = ['Comment: "converted from OpenSSH"'], end = '\n'): string {
  const body = line.split(' ')[1]!.match(/.{1,70}/g) ?? [];
  const lines = ['---- BEGIN SSH2 PUBLIC KEY ----', ...headers, ...body, '---- END SSH2 PUBLIC KEY ----', ''];
  return lines.join(end);
}

/** A field of a key on the wire (RFC 4251, section 5). */
function field(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function lineOf(type: string, ...fields: readonly Buffer[]): string {
  return `${type} ${Buffer.concat([field(type), ...fields]).toString('base64')}`;
}

function modulus(bits: number): Buffer {
  return Buffer.concat([Buffer.from([0]), Buffer.alloc(bits / 8, 0xff)]);
}

const exponent = field(Buffer.from([1, 0, 1]));
const ed25519 = usable[0]![1];
const ed25519Blob = Buffer.from(ed25519.split(' ')[1]!, 'base64');
const ecdsa256Blob = Buffer.from(usable[1]![1].split(' ')[1]!, 'base64');

function changed(blob: Buffer, offset: number): string {
  const copy = Buffer.from(blob);
  copy[offset]! ^= 1;
  return copy.toString('base64');
}

describe('a public key that may be used', () => {
  describe.each(usable)('%s', (_name, line, fingerprint) => {
    const blob = Buffer.from(line.split(' ')[1]!, 'base64');
    const [type, body] = line.split(' ') as [string, string];
    const headers = ['Subject: me', 'Comment: "a long \\', 'comment: in three \\', 'lines"', 'x-private: A1+/='];
    test.each([
      ['a line', line],
      ['a line without comment', `${type} ${body}`],
      ['a line with a comment of several words', `${line} (work laptop)`],
      ['a line from Windows in a file', `\r\n ${type}\t${body}  hr\r\n`],
      ['an RFC 4716 file', rfc4716(line)],
      ['an RFC 4716 file without headers', rfc4716(line, [])],
      ['an RFC 4716 file with many headers', rfc4716(line, headers)],
      ['an RFC 4716 file from Windows', rfc4716(line, headers, '\r\n')],
      ['an RFC 4716 file from an old Mac', rfc4716(line, headers, '\r')],
    ])('%s', (_form, text) => {
      expect(readPublicKey(text)).toEqual({ blob, fingerprint });
    });
  });

  test.each([2048, 3072, 16_384])('rsa with %d bits', (bits) => {
    expect(readPublicKey(lineOf('ssh-rsa', exponent, field(modulus(bits)))).blob.length).toBeGreaterThan(bits / 8);
  });

  test('has the fingerprint that OpenSSH shows', () => {
    expect(fingerprintOf(ed25519Blob)).toBe(usable[0]![2]);
  });
});

describe('a key that may not be used', () => {
  test.each([
    ['rsa 1024', rsa1024, '2048 bits at least, this one has 1024'],
    ['rsa 1024 in RFC 4716', rfc4716(rsa1024), '2048 bits at least, this one has 1024'],
    ['rsa 2040', lineOf('ssh-rsa', exponent, field(modulus(2040))), 'this one has 2040'],
    ['rsa beyond OpenSSL', lineOf('ssh-rsa', exponent, field(modulus(16_392))), '16384 bits at most'],
    ['dsa', dsa, 'dsa keys are too weak'],
    ['dsa in RFC 4716', rfc4716(dsa), 'dsa keys are too weak'],
    ['a certificate', lineOf('ssh-ed25519-cert-v01@openssh.com', field('nonce')), 'it is a certificate'],
    ['a security key', lineOf('sk-ssh-ed25519@openssh.com', field('key')), 'hardware security keys'],
    ['another type', lineOf('ssh-unheard-of', field('key')), 'its type is not known'],
    ['nothing', '', 'neither one line'],
    ['white space', ' \n\t', 'neither one line'],
    ['words', 'this is my key, please', 'neither one line'],
    ['a type alone', 'ssh-ed25519', 'neither one line'],
    ['a bare body', ed25519.split(' ')[1]!, 'neither one line'],
    ['four bytes', 'x AAAAAA==', 'neither one line'],
    ['another type in front', `ssh-rsa ${ed25519Blob.toString('base64')}`, 'neither one line'],
    ['options in front', `from="192.0.2.1" ${ed25519}`, 'neither one line'],
    ['two lines', `${ed25519}\n${ed25519}`, 'neither one line'],
    ['a comment in front', `# key\n${ed25519}`, 'neither one line'],
    ['NUL bytes', `${ed25519.slice(0, 20)}\0${ed25519.slice(20)}`, 'neither one line'],
    ['RFC 4716 without an end', rfc4716(ed25519).slice(0, -10), 'neither one line'],
    ['RFC 4716 of headers only', rfc4716('x ', ['Comment: none']), 'neither one line'],
    ['RFC 4716 whose header never ends', rfc4716(ed25519, ['Comment: a\\']), 'neither one line'],
    ['PEM', generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }), 'neither one line'],
    ['a cut key', `ssh-ed25519 ${ed25519Blob.subarray(0, -1).toString('base64')}`, 'damaged'],
    ['bytes behind the key', lineOf('ssh-rsa', exponent, field(modulus(2048)), Buffer.from('x')), 'damaged'],
    ['a longer writing of a number', lineOf('ssh-rsa', exponent, field(modulus(2048)), field('')), 'damaged'],
    ['a curve of another name', `ecdsa-sha2-nistp256 ${changed(ecdsa256Blob, 30)}`, 'damaged'],
    ['a point beside its curve', `ecdsa-sha2-nistp256 ${changed(ecdsa256Blob, 80)}`, 'damaged'],
    ['an empty point', lineOf('ecdsa-sha2-nistp256', field('nistp256'), field('')), 'damaged'],
    ['an empty modulus', lineOf('ssh-rsa', exponent, field('')), 'damaged'],
    ['no numbers', lineOf('ssh-rsa'), 'damaged'],
    ['a megabyte', `${ed25519} ${'x'.repeat(1_000_000)}`, 'too long'],
  ])('%s', (_name, text, problem) => {
    expect(() => readPublicKey(text.toString())).toThrow(
      expect.objectContaining({ code: 'publicKeyInvalid', message: expect.stringContaining(problem) }),
    );
  });
});

describe('a private key pasted by mistake is refused and repeated nowhere', () => {
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const openSsh = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private;
  const lockedKey = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256, passphrase: 'p', cipher: 'aes256-ctr', rounds: 16 });
  test.each([
    ['OpenSSH', openSsh],
    ['OpenSSH with a passphrase', lockedKey.private],
    ['OpenSSH without its frame', openSsh.split('\n').slice(1, -2).join('')],
    ['PKCS 8', generateKeyPairSync('ed25519').privateKey.export(pem).toString()],
    ['PKCS 8 with a passphrase', rsa.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'p' }).toString()],
    ['PKCS 1', rsa.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['SEC 1', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString()],
    ['PuTTY', `PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\nPublic-Lines: 2\r\n${ed25519}\r\nPrivate-Lines: 1\r\nAAAAIH`],
    ['SSH.com', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAAAi4=\n---- END SSH2 ENCRYPTED PRIVATE KEY ----'],
    ['both halves', `${ed25519}\n${openSsh}`],
  ])('%s', (_name, text) => {
    const failure = thrownBy(() => readPublicKey(text));
    expect(failure).toMatchObject({ code: 'publicKeyInvalid', message: expect.stringContaining('it is a private key') });
    const words = text.split(/\s+/).filter((word) => word.length > 12);
    expect(words.filter((word) => `${failure.message} ${failure.stack ?? ''} ${String(failure.cause)}`.includes(word))).toEqual([]);
  });
});

function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}
