/**
 * Real clients against the built product: each client does each thing that customers do, and the ledger must hold the right
 * jobs afterwards, or none. What comes in are the programs of the machine; what goes out are the results as a table. Nothing
 * here stands in for a client: what is not installed is named and left out.
 */
export { readmeTable, tableIn, withTable } from './table/readme-table.ts';
export type { ClientResults, Results } from './table/results.ts';
