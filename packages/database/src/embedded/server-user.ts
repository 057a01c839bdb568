import { readFile, stat } from 'node:fs/promises';
import { Failure } from '@rosterport/domain';
import { isMissing } from './file-error.ts';

/** Whom the server's processes run as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. So as root: the owner of the data when there is some already, else `nobody`, else the
 * first other user that the system knows. As anyone else: null, which means as ourselves. Fails with `databaseBroken` when
 * there is nobody but root.
 */
export async function serverUser(data: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) {
    return null;
  }
  const user = (await ownerOf(data)) ?? (await ordinaryUser());
  if (user === null) {
    throw new Failure('databaseBroken', { values: { problem: 'it may not run as root, and there is no other user here' } });
  }
  return user;
}

async function ownerOf(data: string): Promise<ServerUser | null> {
  try {
    const { uid, gid } = await stat(data);
    return uid === 0 ? null : { uid, gid };
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

/** initdb looks its user up, so it must be one that has a line in the list of users. */
async function ordinaryUser(): Promise<ServerUser | null> {
  const users = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
    .filter(({ name, uid, gid }) => name !== '' && uid !== 0 && gid !== 0);
  const user = users.find(({ name }) => name === 'nobody') ?? users[0];
  return user === undefined ? null : { uid: user.uid, gid: user.gid };
}
