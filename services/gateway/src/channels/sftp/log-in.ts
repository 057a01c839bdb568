import type { Identity } from '@rosterport/access';
import { isFailure } from '@rosterport/domain';
import type { AuthContext, Connection } from 'ssh2';
import type { GatewayContext } from '../../gateway-context.ts';
import { identify } from './identify.ts';

/** How logging in is limited. */
export interface LogInLimits {
  /** How many attempts may fail before the connection is ended; asking which methods there are is none. */
  readonly tries: number;
  /** How long a failed attempt takes at least, in milliseconds, so that its length tells nothing and guessing is slow. */
  readonly failureMs: number;
}

/**
 * Answers the attempts of a connection to log in; `onIdentity` is called once, right before the client hears that it is in.
 * Everybody who is refused hears the same. While the database is away and the memory does not help, the connection is ended
 * instead, so that nobody takes it for a wrong password.
 */
export function serveLogIn(
  connection: Connection,
  { context, limits, onIdentity }: { context: GatewayContext; limits: LogInLimits; onIdentity: (identity: Identity) => void },
): void {
  const { authenticator, metrics, log } = context;
  let failures = 0;
  let isOver = false;
  connection.once('close', () => (isOver = true));

  const refuse = async (attempt: AuthContext, began: number): Promise<void> => {
    metrics.count('rosterport_logins_total', { channel: 'sftp', outcome: 'refused' });
    log.warn('A login was refused', { channel: 'sftp', method: attempt.method });
    failures += 1;
    await pause(limits.failureMs - (performance.now() - began));
    if (isOver) return;
    if (failures >= limits.tries) connection.end();
    else attempt.reject(['publickey', 'password']);
  };

  const decide = async (attempt: AuthContext): Promise<void> => {
    const began = performance.now();
    const identity = await identify(attempt, authenticator);
    if (isOver) return;
    if (identity === null) return refuse(attempt, began);
    if (attempt.method !== 'publickey' || attempt.signature !== undefined) {
      metrics.count('rosterport_logins_total', { channel: 'sftp', outcome: 'accepted' });
      onIdentity(identity);
    }
    attempt.accept();
  };

  connection.on('authentication', (attempt) => {
    if (attempt.method === 'none') {
      attempt.reject(['publickey', 'password']);
      return;
    }
    decide(attempt).catch((error: unknown) => {
      log.error('A login could not be checked', { channel: 'sftp', code: isFailure(error) ? error.code : 'unexpected', error });
      connection.end();
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)).unref());
}
