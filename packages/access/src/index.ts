/**
 * Who may do what: tenants, their feeds, and the credentials that senders prove themselves with. Tokens and public keys
 * come in, identities and records go out. It never keeps a token in clear, opens no port, and does not slow down or lock
 * out whoever guesses: that belongs to the doors.
 */
export * from './add-key.ts';
export * from './authenticator.ts';
export * from './credential.ts';
export * from './credentials.ts';
export * from './feeds.ts';
export * from './identity.ts';
export * from './issue-token.ts';
export * from './public-key.ts';
export * from './tenants.ts';
