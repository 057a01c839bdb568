import type { Command } from 'commander';
import { openApi, type Api } from '../client/api.ts';
import { findServer, type ServerOptions } from '../client/find-server.ts';
import type { TokenPurpose } from '../client/first-run-file.ts';
import { settingsFrom } from '../settings.ts';
import type { Surroundings } from './command.ts';

/** Declares which server to talk to, and as whom. */
export function declareServer(command: Command): Command {
  return command
    .option('--url <url>', 'the server (default: https://localhost at the port of the last start, else ROSTERPORT_HTTPS_PORT)')
    .option('--token <token>', 'the token; better in ROSTERPORT_TOKEN, since other users see command lines')
    .option('--ca <file>', 'also trust this certificate (PEM)')
    .option('--insecure', 'trust any certificate');
}

/** What `--help` says about the options of `declareServer`. */
export const serverNotes = [
  'For a server of this machine (localhost) the data folder ROSTERPORT_DATA_DIR helps out: without a token, one that',
  'the first start wrote to first-run.json there is used; and the certificate that the server made itself is trusted.',
].join('\n');

/** Does work with the server's API, and closes the connection afterwards. */
export async function useApi<Result>(
  { options, surroundings }: { readonly options: ServerOptions; readonly surroundings: Surroundings },
  purpose: TokenPurpose,
  work: (api: Api) => Promise<Result>,
): Promise<Result> {
  const api = openApi(await findServer(options, settingsFrom(surroundings.env), purpose));
  try {
    return await work(api);
  } finally {
    api.close();
  }
}
