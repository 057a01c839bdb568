/** What a processor is told to do: it works until no job is left. */
export interface DrainTask {
  readonly url: string;
  readonly stagingFolder: string;
  readonly scratchFolder: string;
}
