/**
 * Speed against a peer in the same run. Arguments come in; a case is generated, run through the product and through its
 * peer (the least that a database must do with the same rows; OpenSSH's own server; other readers of workbooks; the phone
 * library), and the ratio of the two goes out. It measures and judges nothing else, and leaves nothing behind.
 */
export * from './arguments.ts';
export * from './help.ts';
export * from './ingest.ts';
export * from './median.ts';
export * from './result.ts';
export * from './result-table.ts';
export * from './slowest-statements.ts';
export * from './report/measure-report.ts';
export * from './report/report-result.ts';
export * from './report/report-table.ts';
export * from './rules/measure-rules.ts';
export * from './rules/rules-result.ts';
export * from './rules/rules-table.ts';
export * from './guard/guard.ts';
export * from './sftp/measure-sftp.ts';
export * from './sftp/sftp-result.ts';
export * from './sftp/sftp-table.ts';
export * from './sizes/measure-sizes.ts';
export * from './sizes/sizes-result.ts';
export * from './sizes/sizes-table.ts';
export * from './small/measure-small.ts';
export * from './small/small-result.ts';
export * from './small/small-table.ts';
export * from './tenants/measure-tenants.ts';
export * from './tenants/tenants-result.ts';
export * from './tenants/tenants-table.ts';
export * from './xlsx/measure-xlsx.ts';
export * from './xlsx/xlsx-result.ts';
export * from './xlsx/xlsx-table.ts';
