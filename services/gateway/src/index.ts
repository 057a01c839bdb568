/**
 * SFTP, HTTPS and drop folders on one host, and the one door behind them. Bytes of senders come in, sealed files with their
 * jobs go out, and so do reports for whoever may read them. It never opens a file to look at its rows, but to find those of
 * somebody who is to be erased, and writes nothing to the directory but what people change by hand.
 */
export { dropAttribute, setAttribute } from './administer-attributes.ts';
export { alterFeed, createFeed, type Administrator } from './administer-feeds.ts';
export { ensureCertificate, type Certificate } from './certificate.ts';
export { openDropFolder, type DropFolder, type DropFolderOptions } from './channels/drop-folder/open-drop-folder.ts';
export { openHttps, type HttpsOptions, type HttpsServer } from './channels/https/open-https.ts';
export { openSftp, type SftpOptions, type SftpServer } from './channels/sftp/open-sftp.ts';
export type { GatewayContext } from './gateway-context.ts';
export { openDoorkeeper, usualPenalties, type AddressRules, type Doorkeeper, type DoorkeeperOptions } from './limits/doorkeeper.ts';
export { openQuotas, type QuotaLeft, type Quotas, type QuotasOptions } from './limits/quotas.ts';
export { usualSftpLimits, type SftpLimits } from './limits/sftp-limits.ts';
export type { Startups } from './limits/startup-drop.ts';
export { ensureHostKeys, type HostKeyFingerprint, type HostKeys } from './host-keys.ts';
export { ownProxyHeader } from './proxy/proxy-header.ts';
export { withQuotas } from './quota-door.ts';
export * from './receive.ts';
