/** Settings of the server, by name. */
export type ServerSettings = Readonly<Record<string, string>>;

/**
 * Modest in memory, safe on disk, and silent about data: the server's log never shows a statement or a value (terse leaves
 * out the DETAIL and CONTEXT of errors, where keys and rows stand).
 */
export const serverSettings: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  work_mem: '32MB',
  maintenance_work_mem: '128MB',
  // As on a disk that does not seek: rows of a few people of many are looked up, and not found by a look at all.
  random_page_cost: '1.1',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // The log is for crashes alone, there is no second server: what is written into a new file goes to the disk with the commit, and
  // not into the log as well.
  wal_level: 'minimal',
  max_wal_senders: '0',
  fsync: 'on',
  synchronous_commit: 'on',
  autovacuum: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  logging_collector: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** Settings as arguments for `postgres`; they outrank every file in the data folder. */
export function settingArguments(settings: ServerSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
