/** What a metric of the product is declared with. */
export interface MetricEntry {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** One sentence for the operator. */
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets, in the unit of its name. */
  readonly buckets?: readonly number[];
}

const seconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const;

/** Every metric of the product by name. Labels hold only words of ours, never a name, an address or an id. */
export const metricList = {
  rosterport_uploads_total: {
    kind: 'counter',
    help: 'Uploads that ended, by channel and outcome (accepted, refused, broken, abandoned, left).',
    labels: ['channel', 'outcome'],
  },
  rosterport_upload_bytes_total: {
    kind: 'counter',
    help: 'Bytes of accepted uploads, by channel.',
    labels: ['channel'],
  },
  rosterport_logins_total: {
    kind: 'counter',
    help: 'Attempts to prove a credential, by channel and outcome (accepted, refused).',
    labels: ['channel', 'outcome'],
  },
  rosterport_connections_refused_total: {
    kind: 'counter',
    help: 'Connections that were ended unserved, by channel and reason (full, startups, address, tenant, foreign, banned, proxy).',
    labels: ['channel', 'reason'],
  },
  rosterport_connections_cut_total: {
    kind: 'counter',
    help: 'SFTP connections that were ended for what they did, by reason (idle, slowUpload, unreadReplies, noKeyExchange, flood).',
    labels: ['reason'],
  },
  rosterport_bans_total: {
    kind: 'counter',
    help: 'Bans of addresses that began in this process, by the last offence.',
    labels: ['reason'],
  },
  rosterport_banned_addresses: {
    kind: 'gauge',
    help: 'Addresses that are banned at present.',
    labels: [],
  },
  rosterport_sftp_sessions: {
    kind: 'gauge',
    help: 'SFTP sessions that are open.',
    labels: [],
  },
  rosterport_http_requests_total: {
    kind: 'counter',
    help: 'HTTP requests that were answered, by method and status.',
    labels: ['method', 'status'],
  },
  rosterport_http_request_seconds: {
    kind: 'histogram',
    help: 'Time from the head of an HTTP request to the end of its answer, by method.',
    labels: ['method'],
    buckets: seconds,
  },
  rosterport_jobs_total: {
    kind: 'counter',
    help: 'Jobs that reached a state, by state.',
    labels: ['state'],
  },
  rosterport_open_jobs: {
    kind: 'gauge',
    help: 'Jobs that are not final, by state.',
    labels: ['state'],
  },
  rosterport_missing_files: {
    kind: 'gauge',
    help: 'Feeds whose expected file is missing.',
    labels: [],
  },
  rosterport_removed_total: {
    kind: 'counter',
    help: 'What was removed because its time was over, by what (files, damagedFiles, rowResults, plannedChanges, journalEntries, events).',
    labels: ['what'],
  },
  rosterport_job_seconds: {
    kind: 'histogram',
    help: 'Time that a job spent in a step, by step.',
    labels: ['step'],
    buckets: seconds,
  },
  rosterport_rows_total: {
    kind: 'counter',
    help: 'Data rows of finished jobs, by result.',
    labels: ['result'],
  },
  rosterport_rows_passed_over_total: {
    kind: 'counter',
    help: 'Data rows that were not read any further, since they say what they said before.',
    labels: [],
  },
  rosterport_staging_free_bytes: {
    kind: 'gauge',
    help: 'Free bytes on the disk of the staging area.',
    labels: [],
  },
} as const satisfies Readonly<Record<string, MetricEntry>>;

/** The name of a metric. */
export type MetricName = keyof typeof metricList;
