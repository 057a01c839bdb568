/** The ways in which an upload can arrive. */
export const channels = ['sftp', 'https', 'drop-folder'] as const;

/** The way in which an upload arrived. */
export type Channel = (typeof channels)[number];
