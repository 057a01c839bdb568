import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { addFurtherKey, addKey, findFeed, findTenant } from '@rosterport/access';
import { Failure, type CredentialId, type Mode } from '@rosterport/domain';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { declareBounds, declarePlace } from './credential-options.ts';
import { exitCodes } from './exit-code.ts';
import { localFileFailure } from '../client/local-file.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

interface Options {
  readonly tenant: string;
  readonly name?: string;
  readonly feed?: string;
  readonly mode?: Mode;
  readonly credential?: string;
  readonly expires?: Date;
  readonly from?: readonly string[];
  readonly json?: boolean;
}

/** No public key is longer by far. */
const mostCharacters = 64 * 1024;

/** `rosterport key add`. */
export const keyAdd: CommandDefinition<Options> = {
  name: 'add',
  summary: 'Add an SSH public key, with which a tenant may upload over SFTP.',
  examples: [
    'rosterport key add --tenant acme ~/.ssh/id_ed25519.pub',
    'rosterport key add --tenant acme --expires 2027-01-31 --from 198.51.100.0/24 id_rsa.pub',
    'ssh-keygen -y -f id_ed25519 | rosterport key add --tenant acme --name "HR server" -',
  ],
  declare: (command) => {
    declareBounds(declarePlace(command))
      .argument('<file>', 'the public key, as one line of OpenSSH or an RFC 4716 file; - reads standard input')
      .requiredOption('--tenant <name>', 'the tenant')
      .option('--credential <id>', 'the token or key whose sender it proves too; feed, mode and scopes are those of that one')
      .option('--name <text>', 'what people call it; the name of the file unless told')
      .option('--json', 'print the credential');
  },
  run: async ({ args: [path = ''], options, surroundings: { env, stdin, stdout } }) => {
    const { tenant, name, feed, mode, credential: partOf, expires: expiresAt, from: networks, json } = options;
    if (partOf !== undefined && (feed !== undefined || mode !== undefined)) throw new Failure('commandInvalid', { values: { problem: '--feed and --mode do not go with --credential' } });
    const publicKey = path === '-' ? await readStream(stdin) : await readText(path);
    const called = name ?? (path === '-' ? 'key' : basename(path).slice(0, 100));
    const credential = await useDatabase(settingsFrom(env), async (database) => {
      const { id } = await findTenant(database, tenant);
      const about = { tenantId: id, name: called, publicKey, expiresAt, networks };
      if (partOf !== undefined) return addFurtherKey(database, { ...about, partOf: partOf as CredentialId });
      const feedId = feed === undefined ? undefined : (await findFeed(database, id, feed)).id;
      return addKey(database, { ...about, scopes: ['upload'], feedId, mode });
    });
    if (json === true) await printJson(stdout, credential);
    else await print(stdout, `Key ${credential.fingerprint ?? ''} may now upload as ${tenant}; its id is ${credential.id}.\n`);
    return exitCodes.ok;
  },
};

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw localFileFailure(error, path);
  }
}

async function readStream(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const piece of stream) {
    text += typeof piece === 'string' ? piece : piece.toString('utf8');
    if (text.length > mostCharacters) throw new Failure('publicKeyInvalid', { values: { problem: 'it is too long' } });
  }
  return text;
}
