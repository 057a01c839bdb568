/**
 * The product as a stranger starts and asks it: a process of its own, its doors, its answers. What comes in is nothing but
 * the build; what goes out are the tools with which other tests walk through the same doors. It never looks into the product.
 */
export { removeDataDir, newDataDir, startProduct, type FirstRunFacts, type Product } from './product/product.ts';
export { runProgram, type Outcome } from './product/run-program.ts';
export { openDatabaseOf } from './product/shared-product.ts';
export { get, list, put, rename, withSftp, type Login } from './product/sftp-client.ts';
export { until } from './product/until.ts';
