import type { KnownPeople } from '@rosterport/directory';
import type { RowSieve } from '@rosterport/formats';

/** People whose rows need not be read where they say what they said before, and how their rows are told. */
export interface Sifting {
  readonly known: KnownPeople;
  readonly sieve: RowSieve;
  /** How large the file is. */
  readonly fileBytes: number;
  /** When about so many bytes of rows are staged, new people are planned, in a file that is as large. */
  readonly partBytes: number;
}
