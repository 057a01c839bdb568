import { describe, expect, test } from '@jest/globals';
import type { CredentialId, FeedId, TenantId } from '@rosterport/domain';

import { openProofMemory, type Proof } from './proof-memory.ts';

const start = new Date('2026-03-01T08:00:00Z');

function after(seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000);
}

function proofOf(credential: string, provedAt = start): Proof {
  const identity = {
    tenantId: 't' as TenantId,
    tenantName: 'acme',
    credentialId: credential as CredentialId,
    feedId: 'f' as FeedId,
    scopes: [],
  };
  return { identity, networks: [], expiresAt: null, provedAt };
}

describe('a proof', () => {
  test.each([
    [300, 0, true],
    [300, 300, true],
    [300, 300.001, false],
    [300, -1, false],
    [0, 0, false],
    [1, 1, true],
  ])('kept for %d s is good after %d s: %s', (seconds, age, good) => {
    const memory = openProofMemory({ seconds, entries: 10 });
    memory.remember('a', proofOf('a'));
    expect(memory.recall('a', after(age))).toEqual(good ? proofOf('a') : null);
  });

  test('is refreshed by a later one', () => {
    const memory = openProofMemory({ seconds: 10, entries: 10 });
    memory.remember('a', proofOf('a'));
    memory.remember('a', proofOf('a', after(8)));
    expect(memory.recall('a', after(18))).not.toBeNull();
  });

  test('is gone when it is forgotten', () => {
    const memory = openProofMemory({ seconds: 10, entries: 10 });
    memory.remember('a', proofOf('a'));
    memory.forget('a');
    expect(memory.recall('a', start)).toBeNull();
  });
});

describe('a full memory', () => {
  test('forgets those refreshed longest ago', () => {
    const memory = openProofMemory({ seconds: 10, entries: 3 });
    for (const hash of ['a', 'b', 'c', 'a', 'd', 'e']) memory.remember(hash, proofOf(hash));
    const known = ['a', 'b', 'c', 'd', 'e'].filter((hash) => memory.recall(hash, start) !== null);
    expect(known).toEqual(['a', 'd', 'e']);
  });

  test('never has more than its room', () => {
    const memory = openProofMemory({ seconds: 10, entries: 100 });
    const hashes = Array.from({ length: 1000 }, (_, index) => `hash ${index}`);
    for (const hash of hashes) memory.remember(hash, proofOf(hash));
    expect(hashes.filter((hash) => memory.recall(hash, start) !== null)).toEqual(hashes.slice(-100));
  });
});
