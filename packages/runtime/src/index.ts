/**
 * What a process needs before it does anything: settings, a log, metrics, an order of opening and closing, a clock, and
 * a lock on its data folder. The environment comes in as a value and frozen settings go out. It knows nothing of HR files
 * and never reads `process.env` by itself.
 */
export * from './clock.ts';
export * from './describe-settings.ts';
export * from './lifecycle.ts';
export * from './lock-folder.ts';
export * from './logger.ts';
export * from './make-folder.ts';
export * from './metric-list.ts';
export * from './metrics.ts';
export * from './network-address.ts';
export * from './networks.ts';
export * from './open-logger.ts';
export * from './quantity-settings.ts';
export * from './read-settings.ts';
export * from './secret.ts';
export * from './setting.ts';
export * from './text-settings.ts';
