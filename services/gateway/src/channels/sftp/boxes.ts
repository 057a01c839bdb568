import type { Identity } from '@rosterport/access';
import type { CredentialId } from '@rosterport/domain';
import { Box } from './box.ts';
import { startSweeping } from './sweep-left.ts';
import type { BoxOptions } from './uploads-in-hand.ts';

/** The boxes of the credentials that have sessions, or had one lately. */
export interface Boxes {
  /** The box of who logged in; `leave` is called once, when the session is over. */
  enter(identity: Identity): { readonly box: Box; leave(session: symbol): Promise<void> };
  /** Seals or leaves on disk all that is parked; called when no session is left. */
  close(): Promise<void>;
}

/** What boxes need. */
export interface BoxesOptions extends Omit<BoxOptions, 'sender'> {
  /** How long uploads under temporary names stay open after the last session of their credential; then they are left on disk. */
  readonly temporarySeconds: number;
}

interface Shared {
  readonly box: Box;
  sessions: number;
  timer: NodeJS.Timeout | undefined;
}

/** Opens an empty row of boxes. */
export function openBoxes(options: BoxesOptions): Boxes {
  const shared = new Map<CredentialId, Shared>();
  const { log } = options.context;
  const stopSweeping = startSweeping(options.context);

  const retire = async (credentialId: CredentialId, { box }: Shared): Promise<void> => {
    shared.delete(credentialId);
    try {
      await box.clear();
    } catch (error) {
      log.error('Unfinished uploads could not be left', { error });
    }
  };
  return {
    enter(identity) {
      const { tenantId, feedId, credentialId } = identity;
      const one = shared.get(credentialId) ?? {
        box: new Box({ ...options, sender: { tenantId, feedId, credentialId } }),
        sessions: 0,
        timer: undefined,
      };
      clearTimeout(one.timer);
      one.sessions += 1;
      shared.set(credentialId, one);
      return {
        box: one.box,
        async leave(session) {
          await one.box.leave(session);
          one.sessions -= 1;
          if (one.sessions > 0) return;
          one.timer = setTimeout(() => void retire(credentialId, one), options.temporarySeconds * 1000);
          one.timer.unref();
        },
      };
    },
    async close() {
      await stopSweeping();
      for (const [credentialId, one] of [...shared]) {
        clearTimeout(one.timer);
        await retire(credentialId, one);
      }
    },
  };
}
