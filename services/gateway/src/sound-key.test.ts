import { expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import { soundKeyPair } from './sound-key.ts';

test('a pair whose halves do not belong together is made again', () => {
  const make = (): { private: string; public: string } => ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
  const sound = make();
  const pairs = [{ private: 'nonsense', public: 'nonsense' }, { private: make().private, public: make().public }, sound];
  expect(soundKeyPair(() => pairs.shift() ?? make())).toBe(sound);
});

test('every key of the kind that the library spoils now and then is sound', () => {
  for (let count = 0; count < 200; count += 1) {
    const pair = soundKeyPair(() => ssh2.utils.generateKeyPairSync('ed25519'));
    const key = ssh2.utils.parseKey(pair.public);
    // 4 + 11 bytes for the type, 4 + 32 for the key (RFC 8709, section 4).
    expect(key instanceof Error ? null : key.getPublicSSH().length).toBe(51);
  }
});
