/** What a run of the matrix showed. */
export interface Results {
  readonly clients: readonly ClientResults[];
}

/** What one client showed. */
export interface ClientResults {
  readonly name: string;
  /** `null` for a client that is not on the machine. */
  readonly version: string | null;
  /** The names of the cases that it played well. */
  readonly passed: readonly string[];
}
