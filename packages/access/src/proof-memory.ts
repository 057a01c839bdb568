import type { Identity } from './identity.ts';

/** What the database said of a credential. */
export interface Proof {
  readonly identity: Identity;
  /** Lists of networks; each that is not empty must hold the sender's address. */
  readonly networks: readonly (readonly string[])[];
  /** When the credential expires. */
  readonly expiresAt: Date | null;
  /** When the database was asked. */
  readonly provedAt: Date;
}

/** Credentials that were proved lately, by a hash of the secret. */
export interface ProofMemory {
  /** Keeps the proof, and forgets the one refreshed longest ago when there is no more room. */
  remember(hash: string, proof: Proof): void;
  forget(hash: string): void;
  /** The proof, `null` when there is none or it is too old. Whether the credential has expired is not asked here. */
  recall(hash: string, now: Date): Proof | null;
}

/** How long and how many. */
export interface ProofMemoryLimits {
  /** Seconds for which a proof is good; 0 for no memory. */
  readonly seconds: number;
  /** The greatest number of proofs. */
  readonly entries: number;
}

/** Opens an empty memory. */
export function openProofMemory({ seconds, entries }: ProofMemoryLimits): ProofMemory {
  // A Map keeps the order of insertion, so its first key is the oldest.
  const proofs = new Map<string, Proof>();
  return {
    remember(hash, proof) {
      proofs.delete(hash);
      proofs.set(hash, proof);
      for (const oldest of proofs.keys()) {
        if (proofs.size <= entries) break;
        proofs.delete(oldest);
      }
    },
    forget(hash) {
      proofs.delete(hash);
    },
    recall(hash, now) {
      const proof = proofs.get(hash);
      if (proof === undefined || seconds <= 0) return null;
      const age = now.getTime() - proof.provedAt.getTime();
      // A clock that was set back tells nothing about the age.
      return age >= 0 && age <= seconds * 1000 ? proof : null;
    },
  };
}
