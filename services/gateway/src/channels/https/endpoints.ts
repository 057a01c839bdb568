import { deleteAttribute, putAttribute, showAttribute, showAttributes } from './admin-attributes.ts';
import { patchFeed, postFeed, showFeed, showFeeds } from './admin-feeds.ts';
import { approve } from './approve.ts';
import { listJobChanges } from './changes.ts';
import { listGroups, listUsers } from './directory.ts';
import { discard } from './discard.ts';
import { addGroup, changeGroup, deleteGroup, showGroup } from './edit-groups.ts';
import { addUser, changeUser, showUser } from './edit-users.ts';
import type { Endpoint } from './endpoint.ts';
import { eraseUser } from './erase-user.ts';
import { listEvents } from './events.ts';
import { sendFile } from './files.ts';
import { healthz, metrics, readyz } from './health.ts';
import { listJobEvents } from './job-events.ts';
import { listJobs, showJob } from './jobs.ts';
import { openApi } from './openapi.ts';
import { failuresPage, issuesPage, start } from './pages.ts';
import { downloadReport } from './report.ts';
import { revert } from './revert.ts';
import { listJobRows } from './rows.ts';
import { uploadFile } from './upload-file.ts';
import { showUserHistory } from './user-history.ts';

/** Every endpoint of the channel. A new one is a file, and a line here. */
export const endpoints: readonly Endpoint[] = [
  uploadFile,
  sendFile,
  listJobs,
  showJob,
  listJobRows,
  listJobChanges,
  listJobEvents,
  downloadReport,
  approve,
  discard,
  revert,
  listEvents,
  listUsers,
  addUser,
  showUser,
  changeUser,
  eraseUser,
  showUserHistory,
  listGroups,
  addGroup,
  showGroup,
  changeGroup,
  deleteGroup,
  showFeeds,
  postFeed,
  showFeed,
  patchFeed,
  showAttributes,
  showAttribute,
  putAttribute,
  deleteAttribute,
  healthz,
  readyz,
  metrics,
  openApi(() => endpoints),
  start,
  failuresPage,
  issuesPage,
];
