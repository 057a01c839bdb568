/** How the matrix is run. */
export interface RunOptions {
  /** True where a client that is not installed is a failure. */
  readonly requireAll: boolean;
  /** Where the results are written, with the README as it would be; `null` for nowhere. */
  readonly resultsPath: string | null;
}

/** What whoever started jest said with `--globals '{"interop": {…}}'`. */
export function runOptions(): RunOptions {
  const said = (globalThis as { interop?: Partial<RunOptions> }).interop;
  return { requireAll: said?.requireAll ?? false, resultsPath: said?.resultsPath ?? null };
}
