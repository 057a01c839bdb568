import { extensionVersions, type SftpExtension } from './extension.ts';
import type { SftpFiles } from './files.ts';
import type { SftpRequest } from './request.ts';

/** Where a fault came up: the kind of the request, or the place in the session's life. */
export type SftpFaultPlace = SftpRequest['kind'] | 'packet' | 'channel' | 'abandon';

/** What an owner may choose for a session. */
export interface SftpOptions {
  /** How many files and directories may be open at once; 128 when absent. One more is refused. */
  readonly maxHandles?: number;
  /**
   * Bytes of READs and WRITEs that may be under way at once, each counted with 1 KiB on top; 2 MiB when absent. Above
   * it the channel is not read until half of it is done.
   */
  readonly maxPendingBytes?: number;
  /**
   * The extensions offered. When absent, all but fsync@openssh.com, which needs handles with `sync`. Whatever is named,
   * statvfs@openssh.com is offered only by files with `statvfs`, and posix-rename@openssh.com only by files with `rename`.
   */
  readonly extensions?: readonly SftpExtension[];
  /** The time, in milliseconds since 1970, for the dates of listings; without it they show the year instead of the hour. */
  readonly now?: () => number;
  /**
   * Asked before each request; while the promise it gives is pending nothing more is read. Its rejection is
   * taken as its end. For owners who know more
   * about congestion than the channel tells (the socket below an ssh2 channel, a limit over many sessions).
   */
  readonly holdBack?: () => Promise<void> | undefined;
  /** Hears of every error that is not an `SftpError`: faults of the owner's own methods, malformed packets, channel errors. */
  readonly onError?: (error: unknown, place: SftpFaultPlace) => void;
}

/** The options with nothing left open. */
export type SftpSettings = Required<Omit<SftpOptions, 'now' | 'holdBack'>> & Pick<SftpOptions, 'now' | 'holdBack'>;

const needs: Readonly<Partial<Record<SftpExtension, keyof SftpFiles>>> = {
  'statvfs@openssh.com': 'statvfs',
  'posix-rename@openssh.com': 'rename',
};

const usual = (Object.keys(extensionVersions) as SftpExtension[]).filter((name) => name !== 'fsync@openssh.com');

/** Fills in what was not chosen. */
export function settingsFrom(options: SftpOptions, files: SftpFiles): SftpSettings {
  const { maxHandles = 128, maxPendingBytes = 2 * 1024 * 1024, extensions = usual, onError = () => undefined } = options;
  const offered = extensions.filter((name) => {
    const method = needs[name];
    return method === undefined || files[method] !== undefined;
  });
  return { ...options, maxHandles, maxPendingBytes, extensions: offered, onError };
}
