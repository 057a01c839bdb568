const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The key of one line `type base64 comment`, as in OpenSSH's `.pub` files; `null` when the text is none. A line of
 * `authorized_keys` with options in front is none: they would be lost without a word.
 */
export function openSshKey(text: string): Buffer | null {
  const line = text.trim();
  const [type = '', body = ''] = line.split(/[ \t]+/, 2);
  if (/[\r\n]/.test(line) || !base64.test(body)) return null;
  const blob = Buffer.from(body, 'base64');
  return keyType(blob) === type ? blob : null;
}

/**
 * The key of an RFC 4716 file; `null` when the text is none. Read here and not by the SSH library, which takes only RSA
 * and DSA from such files.
 */
export function rfc4716Key(text: string): Buffer | null {
  const lines = text.trim().split(/\r\n|\n|\r/);
  if (lines.shift() !== '---- BEGIN SSH2 PUBLIC KEY ----' || lines.pop() !== '---- END SSH2 PUBLIC KEY ----') return null;
  const body = lines.slice(headerLines(lines)).join('');
  return base64.test(body) ? Buffer.from(body, 'base64') : null;
}

/** The name of the type with which a key on the wire begins (RFC 4253, section 6.6); empty where there is none. */
export function keyType(blob: Buffer): string {
  return blob.length < 4 ? '' : blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
}

/** The number of lines that the headers take (section 3.3): `name: value`, where a `\` at the end adds the next line. */
function headerLines(lines: readonly string[]): number {
  let count = 0;
  while (lines[count]?.includes(':') === true) {
    while (lines[count]?.endsWith('\\') === true) count += 1;
    count += 1;
  }
  return count;
}
