import { createHash } from 'node:crypto';

import { databaseFailure, type Database } from '@rosterport/database';

import { answerWithin } from './answer-within.ts';
import { findByKey, findByTokenHash, type FoundCredential } from './find-credential.ts';
import type { Identity } from './identity.ts';
import { openLastUseWriter } from './last-use.ts';
import { openProofMemory, type Proof } from './proof-memory.ts';
import { mayComeFrom } from './sender-networks.ts';
import { isTokenForm, tokenHash } from './token.ts';

/**
 * Tells who a sender is.
 *
 * The database is asked each time and its answer wins: a revoked credential is refused from the next look-up on. Only
 * while the database is away, a credential that it proved lately is taken from memory, which holds hashes and identities,
 * never a secret. Failure of both look-ups: `databaseUnavailable`, when the database is away and the memory does not help.
 */
export interface Authenticator {
  /**
   * Whose token this is; `null` when it is unknown, revoked or expired, belongs to another tenant than the one named (the
   * user name on the SFTP), or may not come from the address. A credential that is bound to networks is never accepted
   * without an address.
   */
  byToken(token: string, tenantName?: string, address?: string): Promise<Identity | null>;
  /**
   * Whose public key this is among the tenant's; `null` when it is unknown, revoked or expired, may not come from the
   * address, or there is no such tenant. The key is the blob on the wire (RFC 4253, section 6.6). That the sender holds its
   * private half is for the caller to prove.
   */
  byKey(tenantName: string, keyBlob: Buffer, address?: string): Promise<Identity | null>;
  /** Waits for what is being written about last uses; look-ups that come after it write nothing. */
  close(): Promise<void>;
}

/** How an authenticator works. */
export interface AuthenticatorOptions {
  /** Tells the time; the machine's clock where it is left out. */
  readonly clock?: { now(): Date };
  /** For how many seconds a proof serves while the database is away; 300 where it is left out, 0 for never. */
  readonly rememberSeconds?: number;
  /** A database that is silent for this long counts as away; 5 where it is left out. */
  readonly answerSeconds?: number;
}

/** One look-up. */
interface Question {
  /** What the memory knows the secret by. */
  readonly hash: string;
  /** The tenant that it must belong to; any where it is undefined. */
  readonly tenantName: string | undefined;
  /** Where it comes from. */
  readonly address: string | undefined;
  find(): Promise<FoundCredential | null>;
}

const rememberedCredentials = 10_000;

/** Opens an authenticator on the database, with an empty memory. */
export function openAuthenticator(db: Database, options: AuthenticatorOptions = {}): Authenticator {
  const { clock = { now: () => new Date() }, rememberSeconds = 300, answerSeconds = 5 } = options;
  const memory = openProofMemory({ seconds: rememberSeconds, entries: rememberedCredentials });
  const lastUses = openLastUseWriter(db, answerSeconds);

  async function identify(question: Question): Promise<Identity | null> {
    const now = clock.now();
    let found: FoundCredential | null;
    try {
      found = await answerWithin(answerSeconds, question.find());
    } catch (error) {
      return identityIn(recall(question.hash, error), question, clock.now());
    }
    if (found === null) {
      memory.forget(question.hash);
      return null;
    }
    memory.remember(question.hash, { identity: found.identity, networks: found.networks, expiresAt: found.expiresAt, provedAt: now });
    const identity = identityIn(found, question, now);
    if (identity !== null) {
      lastUses.note({ credentialId: found.usedId, writtenAt: found.lastUsedAt, now });
    }
    return identity;
  }

  /** What the memory knows, when the error means that the database is away; else the error goes on. */
  function recall(hash: string, error: unknown): Proof {
    const failure = databaseFailure(error);
    if (failure === null) throw error;
    const proof = memory.recall(hash, clock.now());
    if (proof === null) throw failure;
    return proof;
  }

  return {
    async byToken(token, tenantName, address) {
      if (!isTokenForm(token)) return null;
      const hash = tokenHash(token);
      return identify({ hash: hash.toString('hex'), tenantName, address, find: () => findByTokenHash(db, hash) });
    },
    byKey: (tenantName, keyBlob, address) =>
      identify({ hash: keyHash(tenantName, keyBlob), tenantName, address, find: () => findByKey(db, tenantName, keyBlob) }),
    close: () => lastUses.close(),
  };
}

/** The identity, unless it has expired, is not the tenant's, or comes from a foreign network. */
function identityIn(
  { identity, networks, expiresAt }: Pick<Proof, 'identity' | 'networks' | 'expiresAt'>,
  { tenantName, address }: Pick<Question, 'tenantName' | 'address'>,
  now: Date,
): Identity | null {
  const expired = expiresAt !== null && expiresAt.getTime() <= now.getTime();
  const isForeign = (tenantName ?? identity.tenantName) !== identity.tenantName || !mayComeFrom(networks, address);
  return expired || isForeign ? null : identity;
}

/** Tenants may have one key in common, so the name is part of it; no name holds the NUL between them. */
function keyHash(tenantName: string, keyBlob: Buffer): string {
  return `key ${createHash('sha256').update(`${tenantName}\0`).update(keyBlob).digest('hex')}`;
}
