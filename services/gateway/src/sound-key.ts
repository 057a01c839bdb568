import ssh2 from 'ssh2';

/**
 * Makes an SSH key pair until one is sound. ssh2 drops a leading zero byte of an ed25519 key, which spoils 3 of a thousand.
 */
export function soundKeyPair(make: () => { private: string; public: string }): { private: string; public: string } {
  for (;;) {
    const pair = make();
    if (isSound(pair)) return pair;
  }
}

/** True when the private half signs what the public half verifies. */
function isSound(pair: { private: string; public: string }): boolean {
  const [secret, known] = [ssh2.utils.parseKey(pair.private), ssh2.utils.parseKey(pair.public)];
  if (secret instanceof Error || known instanceof Error) return false;
  const probe = Buffer.from('probe');
  try {
    // The library may give an error where its types promise a boolean.
    const verdict: unknown = known.verify(probe, secret.sign(probe));
    return verdict === true;
  } catch {
    return false;
  }
}
