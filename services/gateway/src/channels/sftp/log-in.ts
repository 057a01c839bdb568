import type { Identity } from '@rosterport/access';
import { isFailure } from '@rosterport/domain';
import type { AuthContext, Connection, PublicKeyAuthContext } from 'ssh2';
import type { GatewayContext } from '../../gateway-context.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';
import { acceptOffer } from './accept-offer.ts';
import { identify, mayProve } from './identify.ts';

/** What becomes of the attempts of a connection. */
export interface LogInEvents {
  /** Called once, right before the client hears that it is in; false when there is no place for it, and then it is hung up on. */
  readonly onIdentity: (identity: Identity) => boolean;
  /** An attempt was refused; asking for methods or keys is none. */
  readonly onRefused: (method: 'key' | 'other') => void;
  /** Nobody can tell who it is; the connection is hung up on. */
  readonly onBroken: () => void;
}

/** What answering takes. */
export interface LogInOptions extends LogInEvents {
  readonly context: GatewayContext;
  readonly limits: Pick<SftpLimits, 'loginTries' | 'loginKeys' | 'loginFailureMs'>;
  /** Where the client is. */
  readonly address: string;
}

/** How often a client may ask which methods there are; each asks once. */
const mostQuestions = 5;

/**
 * Answers the attempts of a connection to log in. Everybody who is refused hears the same, after the same time.
 *
 * A public key without a signature only asks whether it would do (RFC 4252, section 7). The answer is yes for every user and
 * every key of a kind that we take, without looking for either, so that nobody learns which users there are and whose a key
 * is; what the signature proves is looked at afterwards. A client with several keys signs with each until one is known, so
 * keys have a bound of their own, and do not use up the tries of passwords.
 *
 * While the database is away and the memory does not help, the connection is ended, so that nobody takes it for a wrong password.
 */
export function serveLogIn(connection: Connection, options: LogInOptions): void {
  const { context, limits, address } = options;
  const { authenticator, metrics, log } = context;
  const spent = { questions: 0, offers: 0, keys: 0, others: 0 };
  let isOver = false;
  connection.once('close', () => (isOver = true));

  const refuse = async (attempt: AuthContext, began: number): Promise<void> => {
    metrics.count('rosterport_logins_total', { channel: 'sftp', outcome: 'refused' });
    log.warn('A login was refused', { channel: 'sftp', method: attempt.method, address });
    const isKey = attempt.method === 'publickey';
    spent[isKey ? 'keys' : 'others'] += 1;
    options.onRefused(isKey ? 'key' : 'other');
    await pause(limits.loginFailureMs - (performance.now() - began));
    if (isOver) return;
    if (spent.keys >= limits.loginKeys || spent.others >= limits.loginTries) connection.end();
    else reject(attempt);
  };
  const decide = async (attempt: AuthContext): Promise<void> => {
    const began = performance.now();
    const identity = await identify(attempt, authenticator, address);
    if (isOver) return;
    if (identity === null) return refuse(attempt, began);
    metrics.count('rosterport_logins_total', { channel: 'sftp', outcome: 'accepted' });
    if (options.onIdentity(identity)) attempt.accept();
    else connection.end();
  };
  const answerOffer = (attempt: PublicKeyAuthContext): void => {
    spent.offers += 1;
    if (spent.offers > limits.loginKeys) connection.end();
    else if (mayProve(attempt)) acceptOffer(attempt);
    else reject(attempt);
  };

  connection.on('authentication', (attempt) => {
    if (attempt.method === 'none') {
      spent.questions += 1;
      if (spent.questions > mostQuestions) connection.end();
      else reject(attempt);
      return;
    }
    if (attempt.method === 'publickey' && attempt.signature === undefined) return answerOffer(attempt);
    decide(attempt).catch((error: unknown) => {
      log.error('A login could not be checked', { channel: 'sftp', code: isFailure(error) ? error.code : 'unexpected', error });
      options.onBroken();
      connection.end();
    });
  });
}

function reject(attempt: AuthContext): void {
  attempt.reject(['publickey', 'password']);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)).unref());
}
