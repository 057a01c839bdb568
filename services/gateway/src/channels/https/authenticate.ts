import type { Identity } from '@rosterport/access';
import { Failure, type Scope } from '@rosterport/domain';
import type { Request } from 'express';
import type { HttpsService } from './service.ts';

/**
 * Tells who sends the request, by the token in `Authorization`: raw, or after the word `Bearer` (RFC 6750, section 2.1).
 * Fails with `apiTokenValidation`, with `tooManyRequests` when this address has guessed too often, and with
 * `databaseUnavailable` when nobody can tell.
 */
export async function authenticate({ context, failedLogins }: HttpsService, req: Request): Promise<Identity> {
  const address = req.socket.remoteAddress ?? '';
  if (await failedLogins.exceeded(address)) throw new Failure('tooManyRequests');
  const token = tokenIn(req.headers.authorization);
  if (token === '') throw new Failure('apiTokenValidation');
  const identity = await context.authenticator.byToken(token);
  const outcome = identity === null ? 'refused' : 'accepted';
  context.metrics.count('rosterport_logins_total', { channel: 'https', outcome });
  if (identity !== null) return identity;
  await failedLogins.note(address);
  throw new Failure('apiTokenValidation');
}

function tokenIn(header: string | undefined): string {
  return (header ?? '').replace(/^bearer\s+/i, '').trim();
}

/** Returns when the credential has one of the scopes. Failure: `scopeMissing`, which names the first. */
export function requireAnyScope(identity: Identity, scopes: readonly [Scope, ...Scope[]]): void {
  if (scopes.some((scope) => identity.scopes.includes(scope))) return;
  throw new Failure('scopeMissing', { values: { scope: scopes[0] } });
}
