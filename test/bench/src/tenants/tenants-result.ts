/** What to measure. */
export interface TenantsBenchOptions {
  readonly tenants: number;
  /** Rows of each tenant's file. */
  readonly rows: number;
  readonly repeats: number;
}

/** How fast the files of many tenants are worked off, beside one file of as many rows: medians where it was repeated. */
export interface TenantsResult {
  readonly tenants: number;
  readonly rows: number;
  readonly repeats: number;
  /** From the begin of the first job to the end of the last, with one processor. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** With a second processor, in a process of its own. */
  readonly twoSeconds: number;
  readonly twoRowsPerSecond: number;
  /** One file of one tenant with as many rows, with one processor. */
  readonly bigSeconds: number;
  readonly bigRowsPerSecond: number;
  /** `rowsPerSecond / bigRowsPerSecond`. */
  readonly ratio: number;
  /** `twoRowsPerSecond / rowsPerSecond`. */
  readonly ratioTwo: number;
}
