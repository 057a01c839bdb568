import { approveCommand } from './approve.ts';
import { changesCommand } from './changes.ts';
import { checkCommand } from './check.ts';
import { cleanCommand } from './clean.ts';
import type { AnyCommand, CommandGroup } from './command.ts';
import { discardCommand } from './discard.ts';
import { eventsCommand } from './events.ts';
import { jobsCommand } from './jobs.ts';
import { keyAdd } from './key-add.ts';
import { migrateCommand } from './migrate.ts';
import { reportCommand } from './report.ts';
import { revertCommand } from './revert.ts';
import { sendCommand } from './send.ts';
import { startCommand } from './start.ts';
import { tenantAdd } from './tenant-add.ts';
import { tenantList } from './tenant-list.ts';
import { tokenIssue } from './token-issue.ts';
import { tokenList } from './token-list.ts';
import { tokenRevoke } from './token-revoke.ts';

/** Every command, in the order in which `--help` shows them. */
export const commands: readonly (AnyCommand | CommandGroup)[] = [
  startCommand,
  migrateCommand,
  cleanCommand,
  { name: 'tenant', summary: 'Add and list tenants.', commands: [tenantAdd, tenantList] },
  { name: 'token', summary: 'Issue, list and revoke what senders prove themselves with.', commands: [tokenIssue, tokenList, tokenRevoke] },
  { name: 'key', summary: 'Add SSH public keys.', commands: [keyAdd] },
  sendCommand,
  checkCommand,
  jobsCommand,
  reportCommand,
  changesCommand,
  approveCommand,
  discardCommand,
  revertCommand,
  eventsCommand,
];
