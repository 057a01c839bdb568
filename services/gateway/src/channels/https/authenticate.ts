import type { Identity } from '@rosterport/access';
import { Failure, type Scope } from '@rosterport/domain';
import type { Request } from 'express';
import type { HttpsService } from './service.ts';

/**
 * Tells who sends the request, by the token in `Authorization`: raw, or after the word `Bearer` (RFC 6750, section 2.1).
 * Fails with `apiTokenValidation`, also for whoever is at an address that is not served; with `tooManyRequests` when the
 * address has guessed too often or is banned; and with `databaseUnavailable` when nobody can tell.
 */
export async function authenticate({ context, failedLogins, addressOf }: HttpsService, req: Request): Promise<Identity> {
  const { doorkeeper } = context;
  const address = addressOf(req.socket);
  const judgement = doorkeeper.judge(address);
  if (judgement === 'banned' || (await failedLogins.exceeded(address))) throw new Failure('tooManyRequests');
  const token = tokenIn(req.headers.authorization);
  if (token === '') throw new Failure('apiTokenValidation');
  const identity = judgement === 'foreign' ? null : await context.authenticator.byToken(token, undefined, address);
  const outcome = identity === null ? 'refused' : 'accepted';
  context.metrics.count('rosterport_logins_total', { channel: 'https', outcome });
  if (identity !== null) return identity;
  await failedLogins.note(address);
  doorkeeper.offend(address, 'loginRefused');
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
