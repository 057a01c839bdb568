/** One step of the schema. Once released its text never changes; a mistake is mended by the next step. */
export interface Migration {
  /** `0001-first-light`: the number gives the order, and the name is how the database remembers it. */
  readonly name: string;
  /** SQL, one or more statements, run in one transaction; so nothing that refuses one (CREATE INDEX CONCURRENTLY). */
  readonly up: string;
}
