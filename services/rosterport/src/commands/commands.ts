import { approveCommand } from './approve.ts';
import { attributeDefine } from './attribute-define.ts';
import { attributeList } from './attribute-list.ts';
import { attributeRemove } from './attribute-remove.ts';
import { banLift } from './ban-lift.ts';
import { banList } from './ban-list.ts';
import { changesCommand } from './changes.ts';
import { checkCommand } from './check.ts';
import { cleanCommand } from './clean.ts';
import type { AnyCommand, CommandGroup } from './command.ts';
import { discardCommand } from './discard.ts';
import { eventsCommand } from './events.ts';
import { groupAdd } from './group-add.ts';
import { groupEdit } from './group-edit.ts';
import { groupList } from './group-list.ts';
import { groupRemove } from './group-remove.ts';
import { feedAdd } from './feed-add.ts';
import { feedList } from './feed-list.ts';
import { feedSet } from './feed-set.ts';
import { feedShow } from './feed-show.ts';
import { feedDisable, feedEnable } from './feed-switch.ts';
import { jobsCommand } from './jobs.ts';
import { keyAdd } from './key-add.ts';
import { keyList } from './key-list.ts';
import { keyRemove } from './key-remove.ts';
import { migrateCommand } from './migrate.ts';
import { reportCommand } from './report.ts';
import { revertCommand } from './revert.ts';
import { sendCommand } from './send.ts';
import { startCommand } from './start.ts';
import { tenantAdd } from './tenant-add.ts';
import { tenantList } from './tenant-list.ts';
import { tenantSet } from './tenant-set.ts';
import { tokenIssue } from './token-issue.ts';
import { tokenList } from './token-list.ts';
import { tokenRevoke } from './token-revoke.ts';
import { userAdd } from './user-add.ts';
import { userEdit } from './user-edit.ts';
import { userErase } from './user-erase.ts';
import { userHistory } from './user-history.ts';
import { userList } from './user-list.ts';
import { userShow } from './user-show.ts';

/** Every command, in the order in which `--help` shows them. */
export const commands: readonly (AnyCommand | CommandGroup)[] = [
  startCommand,
  migrateCommand,
  cleanCommand,
  { name: 'tenant', summary: 'Add, list and change tenants.', commands: [tenantAdd, tenantList, tenantSet] },
  { name: 'token', summary: 'Issue, list and revoke what senders prove themselves with.', commands: [tokenIssue, tokenList, tokenRevoke] },
  { name: 'key', summary: 'Add, list and remove SSH public keys.', commands: [keyAdd, keyList, keyRemove] },
  { name: 'ban', summary: 'List and lift bans of addresses.', commands: [banList, banLift] },
  {
    name: 'feed',
    summary: 'Add, change, enable and disable feeds: what is done with files.',
    commands: [feedList, feedShow, feedAdd, feedSet, feedEnable, feedDisable],
  },
  { name: 'attribute', summary: 'Define attributes of people.', commands: [attributeList, attributeDefine, attributeRemove] },
  sendCommand,
  checkCommand,
  jobsCommand,
  reportCommand,
  changesCommand,
  approveCommand,
  discardCommand,
  revertCommand,
  eventsCommand,
  { name: 'user', summary: 'List, show, make, change and erase people of the directory.', commands: [userList, userShow, userAdd, userEdit, userHistory, userErase] },
  { name: 'group', summary: 'List, make, change and remove groups of the directory.', commands: [groupList, groupAdd, groupEdit, groupRemove] },
];
