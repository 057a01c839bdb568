import type { SftpFiles } from './files.ts';
import type { HandleTable } from './handle-table.ts';
import type { SftpSettings } from './options.ts';
import type { MetadataRequest } from './request.ts';

/** What the answers to requests are made with. */
export interface Desk {
  readonly files: SftpFiles;
  readonly handles: HandleTable;
  readonly settings: SftpSettings;
}

/** The answers to some kinds of request, each giving the reply or failing with what went wrong. */
export type Answers<Kind extends MetadataRequest['kind']> = {
  readonly [K in Kind]: (desk: Desk, request: Extract<MetadataRequest, { kind: K }>) => Promise<Buffer>;
};
