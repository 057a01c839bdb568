import { createHash, createPublicKey, diffieHellman, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ml_kem768 as mlKem768 } from '@noble/post-quantum/ml-kem.js';
import ssh2 from 'ssh2';

const ident = 'SSH-2.0-raw';
const x25519Prefix = Buffer.from('302a300506032b656e032100', 'hex');

/** What a client says in its first key-exchange message, and what it keeps to itself. */
export interface ClientShare {
  readonly bytes: Buffer;
  secretFrom(reply: Buffer): Buffer;
}

/** An honest share: an ML-KEM-768 public key and an X25519 public key. */
export function honestShare(): ClientShare {
  const kem = mlKem768.keygen();
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const own = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return {
    bytes: Buffer.concat([kem.publicKey, own]),
    secretFrom: (reply) => {
      const other = createPublicKey({ key: Buffer.concat([x25519Prefix, reply.subarray(1088)]), type: 'spki', format: 'der' });
      const classical = diffieHellman({ privateKey, publicKey: other });
      return createHash('sha256').update(mlKem768.decapsulate(reply.subarray(0, 1088), kem.secretKey)).update(classical).digest();
    },
  };
}

/** What became of a handshake: the server's half and whether its signature holds, or nothing when the server hung up. */
export type Handshake = { readonly reply: Buffer; readonly isSigned: boolean } | 'refused';

/**
 * Does the key exchange mlkem768x25519-sha256 byte by byte, with nothing of ssh2 in it but the check of the host key's
 * signature, and leaves. The exchange hash is RFC 5656 section 4's, with the secret as a string.
 */
export async function rawHandshake(port: number, share: ClientShare): Promise<Handshake> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  const packets = packetsFrom(socket);
  try {
    socket.write(`${ident}\r\n`);
    const serverIdent = await packets.line();
    const ours = keyExchangeInit();
    socket.write(packet(ours));
    const theirs = await packets.next();
    socket.write(packet(Buffer.concat([Buffer.of(30), field(share.bytes)])));
    const answer = await packets.next();
    if (serverIdent === undefined || theirs === undefined || answer?.[0] !== 31) return 'refused';
    const [hostKey, reply, signature] = fieldsOf(answer.subarray(1));
    const hashed = [Buffer.from(ident), Buffer.from(serverIdent), ours, theirs, hostKey, share.bytes, reply, share.secretFrom(reply)];
    const exchangeHash = createHash('sha256').update(Buffer.concat(hashed.map(field))).digest();
    return { reply, isSigned: verifies(hostKey, { exchangeHash, signature }) };
  } finally {
    socket.destroy();
  }
}

function verifies(hostKey: Buffer, { exchangeHash, signature }: { exchangeHash: Buffer; signature: Buffer }): boolean {
  const [type, value] = fieldsOf(signature);
  const key = ssh2.utils.parseKey(`${type.toString()} ${hostKey.toString('base64')}`);
  if (key instanceof Error || type.toString() !== 'ssh-ed25519') throw new Error('No ed25519 host key came.');
  return key.verify(exchangeHash, value);
}

function keyExchangeInit(): Buffer {
  const [cipher, mac] = ['aes128-ctr', 'hmac-sha2-256'];
  const lists = ['mlkem768x25519-sha256', 'ssh-ed25519', cipher, cipher, mac, mac, 'none', 'none', '', ''];
  return Buffer.concat([Buffer.of(20), randomBytes(16), ...lists.map((list) => field(Buffer.from(list))), Buffer.alloc(5)]);
}

function field(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function fieldsOf(bytes: Buffer): [Buffer, Buffer, Buffer] {
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at)) fields.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)));
  const [first = Buffer.of(), second = Buffer.of(), third = Buffer.of()] = fields;
  return [first, second, third];
}

function packet(payload: Buffer): Buffer {
  const padding = 8 + ((8 - ((payload.length + 5 + 8) % 8)) % 8);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(1 + payload.length + padding);
  header.writeUInt8(padding, 4);
  return Buffer.concat([header, payload, Buffer.alloc(padding)]);
}

/** The server's first line and then its packets without their frames; nothing once it has hung up. */
function packetsFrom(socket: Socket): { line(): Promise<string | undefined>; next(): Promise<Buffer | undefined> } {
  let arrived = Buffer.alloc(0);
  let isOver = false;
  socket.on('data', (chunk: Buffer) => (arrived = Buffer.concat([arrived, chunk])));
  socket.on('close', () => (isOver = true));
  const until = async (isThere: () => boolean): Promise<boolean> => {
    while (!isThere() && !isOver) await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    return isThere();
  };
  return {
    async line() {
      if (!(await until(() => arrived.includes('\n')))) return undefined;
      const end = arrived.indexOf('\n');
      const line = arrived.toString('latin1', 0, end).trimEnd();
      arrived = arrived.subarray(end + 1);
      return line;
    },
    async next() {
      if (!(await until(() => arrived.length >= 4 && arrived.length >= 4 + arrived.readUInt32BE(0)))) return undefined;
      const length = arrived.readUInt32BE(0);
      const payload = arrived.subarray(5, 4 + length - arrived.readUInt8(4));
      arrived = arrived.subarray(4 + length);
      return payload;
    },
  };
}
