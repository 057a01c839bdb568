import type { FailureEntry } from './failure-entry.ts';

/** Failures about tenants, credentials, feeds and attributes. */
export const accessFailures = {
  tenantExists: {
    kind: 'conflict',
    sentence: 'A tenant named `{name}` exists already.',
    hint: 'Choose another name.',
    retry: false,
  },
  tenantNameInvalid: {
    kind: 'invalid',
    sentence: 'The tenant name `{name}` cannot be used.',
    hint: 'Use 1 to 32 lower-case letters, digits and hyphens, beginning with a letter.',
    retry: false,
  },
  credentialInvalid: {
    kind: 'invalid',
    sentence: 'The credential cannot be made: {problem}.',
    hint: 'Give it a name of at most 100 characters, one scope or more, and an expiry that lies ahead, if any.',
    retry: false,
  },
  publicKeyInvalid: {
    kind: 'invalid',
    sentence: 'This is not a public key that can be used: {problem}.',
    hint: 'Give an OpenSSH or RFC 4716 public key of type ed25519, ecdsa or rsa with at least 2048 bits.',
    retry: false,
  },
  publicKeyExists: {
    kind: 'conflict',
    sentence: 'This public key belongs to a credential of the tenant already.',
    hint: 'Nothing needs to be done, or revoke the older credential first.',
    retry: false,
  },
  networkInvalid: {
    kind: 'invalid',
    sentence: 'The networks cannot be used: {problem}.',
    hint: 'Write each by its first address and its length, such as 10.0.0.0/8 or 2001:db8::/32, or as a single address.',
    retry: false,
  },
  quotaExceeded: {
    kind: 'too-large',
    sentence: 'The tenant may send no more today: {limit} a day are allowed.',
    hint: 'Send it after midnight UTC. An operator can raise the quota with `rosterport tenant set`.',
    retry: true,
  },
  feedExists: {
    kind: 'conflict',
    sentence: 'The tenant has a feed named `{name}` already.',
    hint: 'Choose another name, or change the feed that is there.',
    retry: false,
  },
  feedInvalid: {
    kind: 'invalid',
    sentence: 'The feed cannot be like that: {problem}.',
    hint: 'See docs/operating.md for what each setting of a feed takes.',
    retry: false,
  },
  attributeInvalid: {
    kind: 'invalid',
    sentence: 'The attribute cannot be defined so: {problem}.',
    hint: 'Choose another name, type or options, or correct the values that people have first.',
    retry: false,
  },
  attributeInUse: {
    kind: 'conflict',
    sentence: 'The attribute cannot be removed while people have a value: {people}.',
    hint: 'Clear the values first, by a file with the text that clears or by hand.',
    retry: false,
  },
} as const satisfies Record<string, FailureEntry>;
