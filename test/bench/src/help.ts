import { sftpCases } from './sftp/sftp-result.ts';

/** The text of `--help`. */
export const help = `Usage: pnpm bench ingest [options]
       pnpm bench sizes [options]
       pnpm bench sftp [options]
       pnpm bench xlsx [options]
       pnpm bench rules [options]
       pnpm bench report [options]
       pnpm bench small [options]
       pnpm bench tenants [options]
       pnpm bench guard

ingest generates a file of users, takes it through the pipeline on an embedded PostgreSQL, and takes the same rows by COPY and one
INSERT … ON CONFLICT into a table on the same server as the floor.

  --case first|daily  into a directory without people, or over the same people with one percent changed (first)
  --rows N            data rows, 1 to 5000000 (100000)
  --ids ascending|random  external ids are numbers one after the other, or UUIDs in no order (ascending)
  --faulty N          how many rows in a hundred have a fault, 0 to 20 (0)
  --repeats N         how many times, 1 to 25; shows medians, and the two take turns in going first (1)
  --statements N      also name the N statements that took the most time; this slows the pipeline a little (0)

sizes does the same for files of several sizes, and shows what a row costs in each and how the memory grows.

  --rows N,N,…        data rows of each, 1 to 5000000 (10000,100000,1000000)
  --case, --ids, --faulty, --repeats  as of ingest

sftp uploads with OpenSSH's sftp to the gateway and to an sshd of its own, in turns. It wants root, /usr/sbin/sshd and 3 GiB in
/dev/shm.

  --case NAME         only ${sftpCases.join(', ')} (all that the medium has)
  --medium memory|disk  where both keep what they receive; on disk sshd is made to sync each file (memory)
  --repeats N         how many times, 1 to 25; shows medians, and the two take turns in going first (3)
  --profile FOLDER    leaves a CPU profile of the gateway there

xlsx generates two workbooks of users, one with shared and one with inline texts, and has each read to its end by our reader, by
exceljs' streaming reader and by SheetJS, in turns and in a process each.

  --rows N            data rows, 1 to 1000000 (100000)
  --repeats N         how many times, 1 to 25; shows medians (3)
  --alone             only ours, without ratios
  --profile FOLDER    leaves CPU profiles of ours there

rules judges the rows of a generated file of users, and the same rows with the phone library alone for the phones, in turns.

  --rows N            data rows, 1 to 1000000 (200000)
  --repeats N         how many times, 1 to 25; shows medians (3)

report keeps the row results of a job of which one row in a hundred is not as usual, and asks for pages of them, beside a table with
a row for each result in the same database.

  --rows N            data rows, 1 to 1000000 (100000)
  --repeats N         how many times, 1 to 25; shows medians (1)

small takes files of a few rows through a processor that is at work: one after the other, beside what their statements take in the
database; 50 of as many tenants at once; and 50 beside a big file of another tenant.

  --rows N            data rows of a small file, 1 to 1000000 (100)
  --big-rows N        data rows of the big file, 1 to 1000000 (50000)

tenants has a file of each of many tenants worked off by one processor and by two, and one file of as many rows in all by one. All
are full files of which one row in twenty has changed.

  --tenants N         how many, 1 to 1000 (200)
  --rows N            data rows of each tenant, 1 to 1000000; all together no more than 1000000 (1000)
  --repeats N         how many times, 1 to 25; shows medians (1)

guard measures a small size of each and compares the ratios with those that are committed. It takes no options.

All but guard:
  --json              one JSON object on standard output instead of a table
  --help              this text

Exit codes: 0 measured, 1 something broke or the outcome was wrong, 2 wrong arguments, 130 interrupted.
`;
