import { openIngest, type Ended, type Ingest } from '../../testing/ingest.ts';
import type { Database } from '@rosterport/database';
import { noGuards, type DirectoryGroup, type DirectoryUser, type FeedPolicy } from '@rosterport/domain';
import { plainFormOf, type Form, type Writer } from './forms.ts';
import type { Table } from '@rosterport/fixtures';
import { tablesOf } from './tables-of.ts';
import type { Rows } from './words.ts';

/** The directory of a company. */
export interface Directory {
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
}

/** Where companies stand. */
export interface Ground {
  readonly database: Database;
  readonly folder: string;
}

/**
 * One company whose feed takes files in any form. Of few people a great share changes at once, and no guard is a matter of
 * the contract.
 */
export class Company {
  readonly ingest: Ingest;
  readonly #database: Database;

  private constructor(ingest: Ingest, database: Database) {
    this.ingest = ingest;
    this.#database = database;
  }

  /** Founds an empty company with the default policy, but for the guards. */
  static async found({ database, folder }: Ground): Promise<Company> {
    const ingest = await openIngest({ database, folder, policy: { guards: noGuards } });
    return new Company(ingest, database);
  }

  async choosePolicy(policy: Partial<FeedPolicy>): Promise<void> {
    const { feed } = this.ingest;
    const chosen = { ...feed.policy, guards: noGuards, ...policy };
    await this.#database.knex('feeds').where({ id: feed.id }).update({ policy: JSON.stringify(chosen) });
  }

  /** Sends the rows in one file. */
  send(rows: Rows, form: Form): Promise<Ended> {
    return this.sendTables(tablesOf(rows, form.dialect), form.writer);
  }

  /** Sends the tables in one file, as they are. */
  async sendTables(tables: readonly Table[], writer: Writer): Promise<Ended> {
    return this.ingest.sendBytes('upload', await writer.write(tables));
  }

  /** Sends the rows in one file, and sees to it that none is rejected. */
  async sendEarlier(rows: Rows): Promise<void> {
    const { job } = await this.send(rows, plainFormOf(rows));
    if (job.state !== 'applied' || job.counts.rejected > 0) {
      throw new Error(`What was given was refused: ${JSON.stringify({ state: job.state, failure: job.failure, issues: job.issues })}`);
    }
  }

  directory(): Promise<Directory> {
    return this.ingest.directory();
  }

  close(): Promise<void> {
    return this.ingest.close();
  }
}
