/**
 * Hostile clients against the built product: what a stranger or a customer's broken program can send, and what becomes of
 * the process, its memory and the others' sessions meanwhile. What comes in is nothing but the build; what goes out are
 * verdicts and printed measurements. It never looks into the product.
 */
export { connectHostile, type HostileChannel, type HostileClient } from './hostile-client.ts';
export { memoryMiB } from './memory.ts';
export * as packets from './packets.ts';
